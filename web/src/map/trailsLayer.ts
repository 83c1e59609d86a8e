import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from "maplibre-gl";
import { POINT_BYTES, POINT_FLOATS, ROW_POINTS, TRAIL_SECONDS, type Trails } from "../state/trails";
import { fold, link } from "./glProgram";

/** One instance for each pair of neighbouring points: the same buffer is read twice, one point apart. */
const vertexShader = `#version 300 es
precision highp float;
layout(location = 0) in vec4 a_from;
layout(location = 1) in vec4 a_to;
uniform mat4 u_matrix;
uniform vec2 u_viewport;
uniform float u_now;
uniform float u_glide;
uniform float u_life;
uniform float u_width;
uniform int u_roles;
out float v_across;
out float v_fade;

float fadeAt(float time) {
  return clamp(1.0 - (u_now - time) / u_life, 0.0, 1.0);
}

void main() {
  bool wanted = ((u_roles >> min(int(a_to.w + 0.5), 4)) & 1) == 1;
  if (a_from.z < 0.0 || a_to.z < 0.0 || fadeAt(a_to.z) <= 0.0 || !wanted) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  // The marker glides to a new point: its trail does not run ahead of it.
  float t = u_glide > 0.0 ? clamp((u_now - a_to.z) / u_glide, 0.0, 1.0) : 1.0;
  vec4 from = u_matrix * vec4(a_from.xy, 0.0, 1.0);
  vec4 to = u_matrix * vec4(mix(a_from.xy, a_to.xy, t), 0.0, 1.0);
  vec2 along = (to.xy / to.w - from.xy / from.w) * u_viewport;
  vec2 side = length(along) > 0.0 ? normalize(vec2(-along.y, along.x)) : vec2(0.0);
  float across = float(gl_VertexID & 1) * 2.0 - 1.0;
  bool atEnd = gl_VertexID >= 2;
  vec4 at = atEnd ? to : from;
  float reach = u_width * 0.5 + 1.0;
  v_across = across * reach;
  v_fade = fadeAt(atEnd ? a_to.z : a_from.z);
  gl_Position = at + vec4(side * across * reach / u_viewport * 2.0 * at.w, 0.0, 0.0);
}`;

const fragmentShader = `#version 300 es
precision highp float;
in float v_across;
in float v_fade;
uniform vec3 u_color;
uniform float u_width;
uniform float u_strength;
out vec4 o_color;

void main() {
  float edge = clamp(u_width * 0.5 + 0.5 - abs(v_across), 0.0, 1.0);
  float alpha = edge * v_fade * v_fade * u_strength;
  if (alpha < 0.004) discard;
  o_color = vec4(u_color * alpha, alpha);
}`;

export interface TrailScene {
  trails: Trails;
  /** Server time in seconds. */
  now(): number;
  glideSeconds(): number;
  color(): readonly number[];
  /** Roles drawn, one bit each; 0 draws no trails. */
  roles(): number;
  /** Line width in CSS pixels and opacity at a zoom. */
  pen(zoom: number): { width: number; strength: number };
}

const UNIFORMS = ["matrix", "viewport", "now", "glide", "life", "width", "roles", "color", "strength"] as const;

/** Where workers walked in the last minutes, below their markers. */
export class TrailsLayer implements CustomLayerInterface {
  readonly id = "trails";
  readonly type = "custom" as const;
  readonly renderingMode = "2d" as const;

  private map: MapLibre | null = null;
  private program: WebGLProgram | null = null;
  private buffer: WebGLBuffer | null = null;
  private vertices: WebGLVertexArrayObject | null = null;
  private uniforms = {} as Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;
  private uploadedBytes = 0;
  private readonly matrix = new Float32Array(16);

  constructor(private readonly scene: TrailScene) {}

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map;
    this.program = link(gl, vertexShader, fragmentShader);
    for (const name of UNIFORMS) this.uniforms[name] = gl.getUniformLocation(this.program, `u_${name}`);
    this.buffer = gl.createBuffer();
    this.vertices = gl.createVertexArray();
    this.uploadedBytes = 0;
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (let end = 0; end < 2; end++) {
      gl.enableVertexAttribArray(end);
      gl.vertexAttribPointer(end, POINT_FLOATS, gl.FLOAT, false, POINT_BYTES, end * POINT_BYTES);
      gl.vertexAttribDivisor(end, 1);
    }
    gl.bindVertexArray(null);
  }

  onRemove(_map: MapLibre, gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.program);
    gl.deleteBuffer(this.buffer);
    gl.deleteVertexArray(this.vertices);
    this.program = null;
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const { trails } = this.scene;
    const roles = this.scene.roles();
    if (!this.program || trails.rows === 0 || roles === 0) return;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    this.upload(gl, trails);
    fold(this.matrix, input.defaultProjectionData.mainMatrix, trails);
    const ratio = this.map?.getPixelRatio() ?? 1;
    const pen = this.scene.pen(this.map?.getZoom() ?? 12);
    gl.useProgram(this.program);
    gl.uniformMatrix4fv(this.uniforms.matrix, false, this.matrix);
    gl.uniform2f(this.uniforms.viewport, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.uniform1f(this.uniforms.now, trails.relative(this.scene.now()));
    gl.uniform1f(this.uniforms.glide, this.scene.glideSeconds());
    gl.uniform1f(this.uniforms.life, TRAIL_SECONDS);
    gl.uniform1f(this.uniforms.width, pen.width * ratio);
    gl.uniform1f(this.uniforms.strength, pen.strength);
    gl.uniform1i(this.uniforms.roles, roles);
    gl.uniform3fv(this.uniforms.color, this.scene.color() as number[]);
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.vertices);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, trails.rows * ROW_POINTS - 1);
    gl.bindVertexArray(null);
  }

  private upload(gl: WebGL2RenderingContext, trails: Trails): void {
    const { points } = trails;
    if (points.byteLength !== this.uploadedBytes) {
      gl.bufferData(gl.ARRAY_BUFFER, points, gl.DYNAMIC_DRAW);
      this.uploadedBytes = points.byteLength;
    } else if (trails.dirtyTo >= trails.dirtyFrom) {
      const row = ROW_POINTS * POINT_FLOATS;
      const part = points.subarray(trails.dirtyFrom * row, (trails.dirtyTo + 1) * row);
      gl.bufferSubData(gl.ARRAY_BUFFER, trails.dirtyFrom * row * 4, part);
    }
    trails.clean();
  }
}
