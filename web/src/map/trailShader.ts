/** Two triangles for each piece of a trail, which is read from a texture by number: see segmentRing.ts for its texels. */
export const vertexShader = `precision highp float;
precision highp sampler2D;
uniform sampler2D u_segments;
uniform int u_first;
uniform mat4 u_matrix;
uniform vec2 u_viewport;
uniform float u_now;
uniform float u_glide;
uniform float u_life;
uniform float u_width;
uniform int u_roles;
uniform vec3 u_colors[COLORS];
out float v_across;
out float v_fade;
flat out vec3 v_color;

const int corners[6] = int[6](0, 1, 2, 2, 1, 3);

float fadeAt(float time) {
  return clamp(1.0 - (u_now - time) / u_life, 0.0, 1.0);
}

void main() {
  int piece = u_first + gl_VertexID / 6;
  int corner = corners[gl_VertexID % 6];
  ivec2 texel = ivec2(piece % ROW_SEGMENTS * 2, piece / ROW_SEGMENTS);
  vec4 marks = texelFetch(u_segments, texel + ivec2(1, 0), 0);
  bool wanted = ((u_roles >> min(int(marks.z + 0.5), 4)) & 1) == 1;
  if (!wanted || fadeAt(marks.y) <= 0.0) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec4 ends = texelFetch(u_segments, texel, 0);
  // The marker glides to a new point: its trail does not run ahead of it. Without glides (below 0) a piece grows in its own time.
  float t = u_glide < 0.0 ? clamp((u_now - marks.x) / max(marks.y - marks.x, 0.001), 0.0, 1.0)
    : u_glide > 0.0 ? clamp((u_now - marks.y) / u_glide, 0.0, 1.0) : 1.0;
  vec4 from = u_matrix * vec4(ends.xy, 0.0, 1.0);
  vec4 to = u_matrix * vec4(mix(ends.xy, ends.zw, t), 0.0, 1.0);
  vec2 along = (to.xy / to.w - from.xy / from.w) * u_viewport;
  vec2 side = length(along) > 0.0 ? normalize(vec2(-along.y, along.x)) : vec2(0.0);
  float across = float(corner & 1) * 2.0 - 1.0;
  bool atEnd = corner >= 2;
  vec4 at = atEnd ? to : from;
  float reach = u_width * 0.5 + 1.0;
  v_across = across * reach;
  v_color = u_colors[int(marks.w + 0.5)];
  v_fade = fadeAt(atEnd ? marks.y : marks.x);
  gl_Position = at + vec4(side * across * reach / u_viewport * 2.0 * at.w, 0.0, 0.0);
}`;

export const fragmentShader = `precision highp float;
in float v_across;
in float v_fade;
flat in vec3 v_color;
uniform float u_width;
uniform float u_strength;
out vec4 o_color;

void main() {
  float edge = clamp(u_width * 0.5 + 0.5 - abs(v_across), 0.0, 1.0);
  float alpha = edge * v_fade * v_fade * u_strength;
  if (alpha < 0.004) discard;
  o_color = vec4(v_color * alpha, alpha);
}`;
