import { ROW_SEGMENTS, type SegmentRing } from "../state/segmentRing";
import { GlLayer, type GlScene, type Origin, type Stroke, type Uniforms } from "./glLayer";
import { MOST_TINTS } from "./markerShader";
import { fragmentShader, vertexShader } from "./trailShader";

/** Pieces of trails and where they lie. */
export interface TrailPieces extends Origin {
  readonly segments: SegmentRing;
  /** How long they take to fade. */
  readonly seconds: number;
}

export interface TrailScene extends GlScene {
  trails: TrailPieces;
  /** The usual one, and after it those that pieces may choose by number. */
  colors(): readonly (readonly number[])[];
  /** Roles drawn, one bit each; 0 draws no trails. */
  roles(): number;
  /** Line width in CSS pixels and opacity at a zoom. */
  pen(zoom: number): { width: number; strength: number };
}

type Uniform = (typeof UNIFORMS)[number];
const UNIFORMS = ["segments", "first", "life", "width", "roles", "colors", "strength"] as const;
/** A segment takes two texels of a row. */
const ROW_TEXELS = ROW_SEGMENTS * 2;
const SEGMENT_VERTICES = 6;

/** Where workers walked in the last minutes, below their markers. Only live segments are drawn, only new ones uploaded. */
export class TrailsLayer extends GlLayer<Uniform> {
  readonly id = "trails";

  private texture: WebGLTexture | null = null;
  private uploadedRows = 0;

  constructor(private readonly scene: TrailScene) {
    super(
      {
        vertex: vertexShader,
        fragment: fragmentShader,
        uniforms: UNIFORMS,
        defines: [`#define ROW_SEGMENTS ${ROW_SEGMENTS}\n#define COLORS ${1 + MOST_TINTS}\n`],
      },
      scene,
    );
  }

  protected origin(): TrailPieces | null {
    const { trails } = this.scene;
    return trails.segments.count > 0 && this.scene.roles() !== 0 ? trails : null;
  }

  protected create(gl: WebGL2RenderingContext): void {
    this.texture = gl.createTexture();
    this.uploadedRows = 0;
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST); // Floats cannot be blended everywhere, and are not meant to be.
    }
  }

  protected remove(gl: WebGL2RenderingContext): void {
    gl.deleteTexture(this.texture);
  }

  protected upload(gl: WebGL2RenderingContext): void {
    const { segments } = this.scene.trails;
    const { floats, rows } = segments;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    const changed = segments.drainDirty();
    if (rows !== this.uploadedRows) {
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA32F, ROW_TEXELS, rows, 0, gl.RGBA, gl.FLOAT, floats);
      this.uploadedRows = rows;
      return;
    }
    for (const run of changed) {
      const from = run.row * ROW_TEXELS * 4;
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, run.row, ROW_TEXELS, run.rows, gl.RGBA, gl.FLOAT, floats, from);
    }
  }

  protected draw(gl: WebGL2RenderingContext, uniforms: Uniforms<Uniform>, { zoom, ratio }: Stroke): void {
    const pen = this.scene.pen(zoom);
    gl.uniform1i(uniforms.segments, 0);
    gl.uniform1f(uniforms.life, this.scene.trails.seconds);
    gl.uniform1f(uniforms.width, pen.width * ratio);
    gl.uniform1f(uniforms.strength, pen.strength);
    gl.uniform1i(uniforms.roles, this.scene.roles());
    gl.uniform3fv(uniforms.colors, this.scene.colors().flat());
    for (const { place, count } of this.scene.trails.segments.runs()) {
      gl.uniform1i(uniforms.first, place);
      gl.drawArrays(gl.TRIANGLES, 0, count * SEGMENT_VERTICES);
    }
  }
}
