import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from "maplibre-gl";
import { fold, link } from "./glProgram";

/** Uniforms that every layer of ours has, without the `u_` they carry in the shader. */
const SHARED = ["matrix", "viewport", "now", "glide"] as const;

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
 * A custom MapLibre layer with one program: what all of ours do alike. Everything is made anew with a new context, because
 * MapLibre loads its style anew and asks for new layers. Positions are float32 offsets from an origin, exact to millimetres
 * across a city.
 *
 * Nothing is drawn instanced: software graphics (a kiosk without a GPU, a virtual desktop) take each instance as a drawing of
 * its own, forty times slower.
 */
export abstract class GlLayer<U extends string> implements CustomLayerInterface {
  abstract readonly id: string;
  readonly type = "custom" as const;
  readonly renderingMode = "2d" as const;

  protected readonly uniforms = {} as Record<U | (typeof SHARED)[number], WebGLUniformLocation | null>;
  private map: MapLibre | null = null;
  private program: WebGLProgram | null = null;
  private vertices: WebGLVertexArrayObject | null = null;
  private readonly matrix = new Float32Array(16);

  constructor(
    private readonly shaders: { vertex: string; fragment: string; uniforms: readonly U[] },
    private readonly view: GlScene,
  ) {}

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map;
    this.program = link(gl, this.shaders.vertex, this.shaders.fragment);
    for (const name of [...SHARED, ...this.shaders.uniforms]) {
      this.uniforms[name] = gl.getUniformLocation(this.program, `u_${name}`);
    }
    this.vertices = gl.createVertexArray();
    gl.bindVertexArray(this.vertices);
    this.create(gl);
    gl.bindVertexArray(null);
  }

  onRemove(_map: MapLibre, gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.program);
    gl.deleteVertexArray(this.vertices);
    this.remove(gl);
    this.program = null;
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const origin = this.program && this.map ? this.origin() : null;
    if (!origin || !this.map) return;
    this.upload(gl);
    gl.useProgram(this.program);
    gl.uniformMatrix4fv(this.uniforms.matrix, false, fold(this.matrix, input.defaultProjectionData.mainMatrix, origin));
    gl.uniform2f(this.uniforms.viewport, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.uniform1f(this.uniforms.now, origin.relative(this.view.now()));
    gl.uniform1f(this.uniforms.glide, this.view.glideSeconds());
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.vertices);
    this.draw(gl, this.map.getZoom(), this.map.getPixelRatio());
    gl.bindVertexArray(null);
  }

  /** Null when there is nothing to draw. */
  protected abstract origin(): Origin | null;
  /** Buffers and textures; the layer's vertex array is bound. */
  protected abstract create(gl: WebGL2RenderingContext): void;
  protected abstract remove(gl: WebGL2RenderingContext): void;
  /** Sends what changed since the last drawing. */
  protected abstract upload(gl: WebGL2RenderingContext): void;
  /** @param ratio device pixels in a CSS pixel */
  protected abstract draw(gl: WebGL2RenderingContext, zoom: number, ratio: number): void;
}
