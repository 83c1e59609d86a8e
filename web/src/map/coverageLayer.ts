import { FIRST_STEP, MOST_CLASSES } from "../state/coverage/scales";
import { mercatorX, mercatorY } from "../state/mercator";
import type { CoveragePicture } from "../wire/coverageBytes";
import { GlLayer, type Origin, type Stroke, type Uniforms } from "./glLayer";
import { parseHex } from "./theme";

/** What is painted: a class for each square (see scales.ts), and a colour for each class from {@link FIRST_STEP} on. */
export interface PaintedCoverage {
  picture: CoveragePicture;
  classes: Uint8Array;
  colors: readonly string[];
  noData: string;
  /** How much of the ground shows through, 0 to 1. */
  strength: number;
}

const UNIFORMS = ["classes", "colors", "strength", "hatch"] as const;
type Uniform = (typeof UNIFORMS)[number];

const CORNER_FLOATS = 4;
const FIELD = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;
/** Space between the hatching's lines, CSS pixels. */
const HATCH = 6;

const vertex = `
layout(location = 0) in vec2 a_place;
layout(location = 1) in vec2 a_square;
uniform mat4 u_matrix;
uniform vec2 u_viewport;
uniform float u_now;
uniform float u_glide;
out highp vec2 v_square;
void main() {
  v_square = a_square;
  gl_Position = u_matrix * vec4(a_place, 0.0, 1.0);
}`;

/** Each square is one texel, fetched and never mixed: an edge is an edge. Seen from near they have a seam, so that one can be pointed at. */
const fragment = `
precision highp float;
precision highp sampler2D;
uniform sampler2D u_classes;
uniform vec4 u_colors[CLASSES];
uniform float u_strength;
uniform float u_hatch;
in highp vec2 v_square;
out vec4 color;
void main() {
  ivec2 size = textureSize(u_classes, 0);
  ivec2 at = clamp(ivec2(floor(v_square)), ivec2(0), size - 1);
  int found = int(texelFetch(u_classes, at, 0).r * 255.0 + 0.5);
  if (found < 2 || found >= CLASSES) discard;
  float strength = u_strength;
  if (found == 2) {
    float along = mod(gl_FragCoord.x + gl_FragCoord.y, u_hatch) / u_hatch;
    strength *= along < 0.25 ? 0.9 : 0.14;
  }
  vec2 pixel = fwidth(v_square);
  float wide = max(pixel.x, pixel.y);
  vec2 off = abs(fract(v_square) - 0.5);
  if (wide < 0.05 && max(off.x, off.y) > 0.5 - wide) strength *= 0.45;
  color = vec4(u_colors[found].rgb * strength, strength);
}`;

/** The squares of coverage as a texture on a mesh of their nodes: exact to centimetres at every zoom, one drawing whatever their number. */
export class CoverageLayer extends GlLayer<Uniform> {
  readonly id = "coverage";

  private mesh: WebGLBuffer | null = null;
  private texture: WebGLTexture | null = null;
  private corners = 0;
  private uploaded: PaintedCoverage | null = null;
  private start: Origin = { originX: 0, originY: 0, relative: () => 0 };

  constructor(private readonly painted: () => PaintedCoverage | null) {
    super(
      { vertex, fragment, uniforms: UNIFORMS, defines: [`#define CLASSES ${MOST_CLASSES}\n`] },
      { now: () => 0, glideSeconds: () => 0 },
    );
  }

  protected origin(): Origin | null {
    const { painted } = this;
    const now = painted();
    if (!now || now.classes.length === 0) return null;
    const { longitudes, latitudes } = now.picture.nodes;
    this.start = { ...this.start, originX: mercatorX(longitudes[0]), originY: mercatorY(latitudes[0]) };
    return this.start;
  }

  protected create(gl: WebGL2RenderingContext): void {
    this.uploaded = null;
    this.mesh = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, this.mesh);
    for (let pair = 0; pair < 2; pair++) {
      gl.enableVertexAttribArray(pair);
      gl.vertexAttribPointer(pair, 2, gl.FLOAT, false, CORNER_FLOATS * 4, pair * 8);
    }
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
  }

  protected remove(gl: WebGL2RenderingContext): void {
    gl.deleteBuffer(this.mesh);
    gl.deleteTexture(this.texture);
  }

  protected upload(gl: WebGL2RenderingContext): void {
    const now = this.painted();
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    if (!now || now === this.uploaded) return;
    if (now.classes !== this.uploaded?.classes) {
      const { picture } = now;
      gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, picture.columns, picture.rows, 0, gl.RED, gl.UNSIGNED_BYTE, now.classes);
      gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4);
      const mesh = meshOf(picture);
      gl.bindBuffer(gl.ARRAY_BUFFER, this.mesh);
      gl.bufferData(gl.ARRAY_BUFFER, mesh, gl.STATIC_DRAW);
      this.corners = mesh.length / CORNER_FLOATS;
    }
    this.uploaded = now;
  }

  protected draw(gl: WebGL2RenderingContext, uniforms: Uniforms<Uniform>, { ratio }: Stroke): void {
    const now = this.uploaded;
    if (!now) return;
    const colors = new Float32Array(MOST_CLASSES * 4);
    colors.set(parseHex(now.noData), 2 * 4);
    now.colors.forEach((hex, n) => {
      colors.set(parseHex(hex), (FIRST_STEP + n) * 4);
    });
    gl.uniform1i(uniforms.classes, 0);
    gl.uniform4fv(uniforms.colors, colors);
    gl.uniform1f(uniforms.strength, now.strength);
    gl.uniform1f(uniforms.hatch, HATCH * ratio);
    gl.drawArrays(gl.TRIANGLES, 0, this.corners);
  }
}

/** Two triangles for each field between four nodes; corners as x, y (mercator units from the first node), column, row. */
function meshOf({ nodes, columns, rows }: CoveragePicture): Float32Array {
  const { step, across, up, longitudes, latitudes } = nodes;
  const [startX, startY] = [mercatorX(longitudes[0]), mercatorY(latitudes[0])];
  const mesh = new Float32Array((across - 1) * (up - 1) * 6 * CORNER_FLOATS);
  let to = 0;
  const corner = (i: number, j: number) => {
    const at = j * across + i;
    mesh[to++] = mercatorX(longitudes[at]) - startX;
    mesh[to++] = mercatorY(latitudes[at]) - startY;
    mesh[to++] = Math.min(i * step, columns);
    mesh[to++] = Math.min(j * step, rows);
  };
  for (let j = 0; j + 1 < up; j++) {
    for (let i = 0; i + 1 < across; i++) {
      for (const [east, north] of FIELD) corner(i + east, j + north);
    }
  }
  return mesh;
}
