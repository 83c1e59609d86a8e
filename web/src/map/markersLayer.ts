import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from "maplibre-gl";
import { type Motion, ROW_BYTES } from "../state/motion";
import { fold, link } from "./glProgram";
import { fragmentShader, vertexShader } from "./markerShader";

export interface MarkerColors {
  /** Red, green, blue from 0 to 1, by presence number. */
  presence: readonly (readonly number[])[];
  ground: readonly number[];
  ink: readonly number[];
}

/** What changes from draw to draw. */
export interface MarkerScene {
  motion: Motion;
  /** Server time in seconds. */
  now(): number;
  /** Length of a glide in seconds, 0 to jump. */
  glideSeconds(): number;
  colors(): MarkerColors;
  /** Radius of a grid worker's disc in CSS pixels at a zoom. */
  radius(zoom: number): number;
  /** 1, or less where head counts say more than markers do. */
  calm(zoom: number): number;
}

const UNIFORMS = [
  "matrix",
  "viewport",
  "now",
  "glide",
  "size",
  "pass",
  "roles",
  "states",
  "calm",
  "colors",
  "ground",
  "ink",
] as const;
/** Fading workers below, those within reach above them, the chosen one on top. */
const PASSES = [0, 1, 2];

/**
 * All workers as one custom MapLibre layer: a single interleaved buffer, of which only changed rows are uploaded, drawn
 * instanced. Positions are float32 offsets from an origin, exact to millimetres across a city.
 */
export class MarkersLayer implements CustomLayerInterface {
  readonly id = "workers";
  readonly type = "custom" as const;
  readonly renderingMode = "2d" as const;

  private map: MapLibre | null = null;
  private program: WebGLProgram | null = null;
  private buffer: WebGLBuffer | null = null;
  private vertices: WebGLVertexArrayObject | null = null;
  private uniforms = {} as Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;
  private uploadedBytes = 0;
  private readonly matrix = new Float32Array(16);

  constructor(private readonly scene: MarkerScene) {}

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map;
    this.program = link(gl, vertexShader, fragmentShader);
    for (const name of UNIFORMS) this.uniforms[name] = gl.getUniformLocation(this.program, `u_${name}`);
    this.buffer = gl.createBuffer();
    this.vertices = gl.createVertexArray();
    this.uploadedBytes = 0;
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (let pair = 0; pair < 3; pair++) {
      gl.enableVertexAttribArray(pair);
      gl.vertexAttribPointer(pair, 2, gl.FLOAT, false, ROW_BYTES, pair * 8);
      gl.vertexAttribDivisor(pair, 1);
    }
    gl.enableVertexAttribArray(3);
    gl.vertexAttribIPointer(3, 4, gl.UNSIGNED_BYTE, ROW_BYTES, 24);
    gl.vertexAttribDivisor(3, 1);
    gl.bindVertexArray(null);
  }

  onRemove(_map: MapLibre, gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.program);
    gl.deleteBuffer(this.buffer);
    gl.deleteVertexArray(this.vertices);
    this.program = null;
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const { motion } = this.scene;
    if (!this.program || motion.rows === 0) return;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    this.upload(gl, motion);
    fold(this.matrix, input.defaultProjectionData.mainMatrix, motion);

    const colors = this.scene.colors();
    const glide = this.scene.glideSeconds();
    gl.useProgram(this.program);
    gl.uniformMatrix4fv(this.uniforms.matrix, false, this.matrix);
    gl.uniform2f(this.uniforms.viewport, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.uniform1f(this.uniforms.now, motion.relative(this.scene.now()));
    gl.uniform1f(this.uniforms.glide, glide);
    const zoom = this.map?.getZoom() ?? 12;
    gl.uniform1f(this.uniforms.size, this.scene.radius(zoom) * (this.map?.getPixelRatio() ?? 1));
    gl.uniform1f(this.uniforms.calm, this.scene.calm(zoom));
    gl.uniform1i(this.uniforms.roles, motion.shownRoles);
    gl.uniform1i(this.uniforms.states, motion.shownStates);
    gl.uniform3fv(this.uniforms.colors, colors.presence.flat());
    gl.uniform3fv(this.uniforms.ground, colors.ground as number[]);
    gl.uniform3fv(this.uniforms.ink, colors.ink as number[]);
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.vertices);
    for (const pass of PASSES) {
      gl.uniform1i(this.uniforms.pass, pass);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, motion.rows);
    }
    gl.bindVertexArray(null);
  }

  private upload(gl: WebGL2RenderingContext, motion: Motion): void {
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
}
