import { type MarkerRows, ROW_BYTES } from "../state/markerRows";
import { GlLayer, type GlScene, type Stroke, type Uniforms } from "./glLayer";
import { defines, fragmentShader, Pass, vertexShader } from "./markerShader";

export interface MarkerColors {
  /** Red, green, blue from 0 to 1, by presence number. */
  presence: readonly (readonly number[])[];
  /** What rows with a colour number of their own have, from number 1 on; see MOST_TINTS. */
  tints?: readonly (readonly number[])[];
  ground: readonly number[];
  ink: readonly number[];
}

/** What changes from draw to draw. */
export interface MarkerScene extends GlScene {
  motion: MarkerRows;
  colors(): MarkerColors;
  /** Radius of a grid worker's disc in CSS pixels at a zoom. */
  radius(zoom: number): number;
  /** 1, or less where head counts say more than markers do. */
  calm(zoom: number): number;
}

type Uniform = (typeof UNIFORMS)[number];
const UNIFORMS = ["size", "largest", "margin", "roles", "states", "calm", "colors", "ground", "ink"] as const;
/** Markers whose middle is this many radii outside the view still show in it. */
const MARGIN_RADII = 5;

/** All workers as points of one interleaved buffer, of which only changed rows are uploaded. */
export class MarkersLayer extends GlLayer<Uniform> {
  readonly id = "workers";

  private buffer: WebGLBuffer | null = null;
  private uploadedBytes = 0;
  private largestPoint = 1;

  constructor(private readonly scene: MarkerScene) {
    super(
      {
        vertex: vertexShader,
        fragment: fragmentShader,
        uniforms: UNIFORMS,
        defines: Object.values(Pass).map((pass) => defines(pass)),
      },
      scene,
    );
  }

  protected origin(): MarkerRows | null {
    return this.scene.motion.rows > 0 ? this.scene.motion : null;
  }

  protected create(gl: WebGL2RenderingContext): void {
    this.largestPoint = gl.getParameter(gl.ALIASED_POINT_SIZE_RANGE)?.[1] ?? 1;
    this.buffer = gl.createBuffer();
    this.uploadedBytes = 0;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (let pair = 0; pair < 3; pair++) {
      gl.enableVertexAttribArray(pair);
      gl.vertexAttribPointer(pair, 2, gl.FLOAT, false, ROW_BYTES, pair * 8);
    }
    gl.enableVertexAttribArray(3);
    gl.vertexAttribIPointer(3, 4, gl.UNSIGNED_BYTE, ROW_BYTES, 24);
  }

  protected remove(gl: WebGL2RenderingContext): void {
    gl.deleteBuffer(this.buffer);
  }

  protected upload(gl: WebGL2RenderingContext): void {
    const { motion } = this.scene;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    if (motion.bytes.byteLength !== this.uploadedBytes) {
      gl.bufferData(gl.ARRAY_BUFFER, motion.bytes, gl.DYNAMIC_DRAW);
      this.uploadedBytes = motion.bytes.byteLength;
    } else if (motion.dirtyTo >= motion.dirtyFrom) {
      const at = motion.dirtyFrom * ROW_BYTES;
      const length = (motion.dirtyTo - motion.dirtyFrom + 1) * ROW_BYTES;
      gl.bufferSubData(gl.ARRAY_BUFFER, at, new Uint8Array(motion.bytes, at, length));
    }
    motion.clean();
  }

  protected draw(gl: WebGL2RenderingContext, uniforms: Uniforms<Uniform>, { index, zoom, ratio }: Stroke): void {
    const { motion } = this.scene;
    if (index === Pass.Marked && motion.marked.size === 0) return;
    const colors = this.scene.colors();
    const size = this.scene.radius(zoom) * ratio;
    const margin = Math.ceil(size * MARGIN_RADII);
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl;
    gl.uniform1f(uniforms.size, size);
    gl.uniform1f(uniforms.largest, this.largestPoint);
    gl.uniform1f(uniforms.margin, margin);
    gl.uniform1f(uniforms.calm, this.scene.calm(zoom));
    gl.uniform1i(uniforms.roles, motion.shownRoles);
    gl.uniform1i(uniforms.states, motion.shownStates);
    gl.uniform3fv(uniforms.colors, [...colors.presence, ...(colors.tints ?? [])].flat());
    gl.uniform3fv(uniforms.ground, colors.ground as number[]);
    gl.uniform3fv(uniforms.ink, colors.ink as number[]);
    // A point goes out with its middle: with a viewport larger than the picture it does so out of sight.
    gl.viewport(-margin, -margin, width + 2 * margin, height + 2 * margin);
    if (index === Pass.Marked) for (const slot of motion.marked) gl.drawArrays(gl.POINTS, slot, 1);
    else gl.drawArrays(gl.POINTS, 0, motion.rows);
    gl.viewport(0, 0, width, height);
  }
}
