import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from "maplibre-gl";
import { fold, link } from "./glProgram";

/** Uniforms that every layer of ours has, without the `u_` they carry in the shader. */
const SHARED = ["matrix", "viewport", "now", "glide"] as const;

export type Uniforms<U extends string> = Record<U | (typeof SHARED)[number], WebGLUniformLocation | null>;

export interface Stroke {
  /** Which of the layer's programs is in use. */
  index: number;
  zoom: number;
  /** Device pixels in a CSS pixel. */
  ratio: number;
}

interface Pen<U extends string> {
  program: WebGLProgram;
  uniforms: Uniforms<U>;
}

/** Where a layer's coordinates start, and its clock. */
export interface Origin {
  readonly originX: number;
  readonly originY: number;
  /** Seconds on the shader's clock. */
  relative(seconds: number): number;
}

/** What the shaders ask of any scene. */
export interface GlScene {
  /** Server time in seconds. */
  now(): number;
  /** Length of a glide in seconds, 0 to jump. */
  glideSeconds(): number;
}

/**
 * A custom MapLibre layer that draws with one program or several, one after the other: what all of ours do alike. Everything
 * is made anew with a new context, because MapLibre then loads its style anew and the map adds new layers. Positions are
 * float32 offsets from an origin, exact to millimetres across a city.
 *
 * Nothing is drawn instanced: software graphics (a kiosk without a GPU, a virtual desktop) take each instance as a drawing of
 * its own.
 */
export abstract class GlLayer<U extends string> implements CustomLayerInterface {
  abstract readonly id: string;
  readonly type = "custom" as const;
  readonly renderingMode = "2d" as const;

  private map: MapLibre | null = null;
  private pens: Pen<U>[] = [];
  private vertices: WebGLVertexArrayObject | null = null;
  private readonly matrix = new Float32Array(16);

  /** @param shaders `defines`: one text for each program, put before both shaders */
  constructor(
    private readonly shaders: { vertex: string; fragment: string; uniforms: readonly U[]; defines: readonly string[] },
    private readonly view: GlScene,
  ) {}

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map;
    this.pens = this.shaders.defines.map((defines) => this.pen(gl, defines));
    this.vertices = gl.createVertexArray();
    gl.bindVertexArray(this.vertices);
    this.create(gl);
    gl.bindVertexArray(null);
  }

  onRemove(_map: MapLibre, gl: WebGL2RenderingContext): void {
    for (const { program } of this.pens) gl.deleteProgram(program);
    gl.deleteVertexArray(this.vertices);
    this.remove(gl);
    this.map = null;
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const origin = this.map ? this.origin() : null;
    if (!origin || !this.map) return;
    this.upload(gl);
    fold(this.matrix, input.defaultProjectionData.mainMatrix, origin);
    const now = origin.relative(this.view.now());
    const zoom = this.map.getZoom();
    const ratio = this.map.getPixelRatio();
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.vertices);
    this.pens.forEach(({ program, uniforms }, index) => {
      gl.useProgram(program);
      gl.uniformMatrix4fv(uniforms.matrix, false, this.matrix);
      gl.uniform2f(uniforms.viewport, gl.drawingBufferWidth, gl.drawingBufferHeight);
      gl.uniform1f(uniforms.now, now);
      gl.uniform1f(uniforms.glide, this.view.glideSeconds());
      this.draw(gl, uniforms, { index, zoom, ratio });
    });
    gl.bindVertexArray(null);
  }

  private pen(gl: WebGL2RenderingContext, defines: string): Pen<U> {
    const head = `#version 300 es\n${defines}`;
    const program = link(gl, head + this.shaders.vertex, head + this.shaders.fragment);
    const uniforms = {} as Uniforms<U>;
    for (const name of [...SHARED, ...this.shaders.uniforms]) {
      uniforms[name] = gl.getUniformLocation(program, `u_${name}`);
    }
    return { program, uniforms };
  }

  /** Null when there is nothing to draw. */
  protected abstract origin(): Origin | null;
  /** Buffers and textures; the layer's vertex array is bound. */
  protected abstract create(gl: WebGL2RenderingContext): void;
  protected abstract remove(gl: WebGL2RenderingContext): void;
  /** Sends what changed since the last drawing. */
  protected abstract upload(gl: WebGL2RenderingContext): void;
  protected abstract draw(gl: WebGL2RenderingContext, uniforms: Uniforms<U>, how: Stroke): void;
}
