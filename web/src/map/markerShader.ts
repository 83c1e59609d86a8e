/**
 * What is drawn one above the other, each by a program of its own: software graphics walk through both sides of every branch,
 * and a program that knows only its own shapes is four times faster there.
 */
export const Pass = { Fading: 0, Still: 1, Pointing: 2, Arrows: 3, Marked: 4 } as const;

/**
 * A worker is one point, its shape a signed distance in the fragment shader: sharp at every size and without sprites. Lengths
 * in the fragment shader are in device pixels, y points along the heading.
 *
 * Shapes say the role (leader diamond, grid worker disc, auxiliary small disc, reserve square); a grid worker or auxiliary on
 * the move is an arrow, the others carry a pointer. Presence is colour and also form: stale is a ring, lost a thin
 * struck-through ring.
 */
export const vertexShader = `precision highp float;
layout(location = 0) in vec2 a_from;
layout(location = 1) in vec2 a_to;
layout(location = 2) in vec2 a_times;
layout(location = 3) in uvec4 a_marks;
uniform mat4 u_matrix;
uniform vec2 u_viewport;
uniform float u_now;
uniform float u_glide;
uniform float u_size;
uniform float u_largest;
uniform float u_margin;
uniform int u_roles;
uniform int u_states;
uniform float u_calm;
flat out vec2 v_turn;
flat out vec3 v_frame;
flat out float v_fade;
flat out ivec4 v_kind;

const float scaleOf[5] = float[5](1.0, 1.25, 1.0, 0.72, 0.95);
// A moving marker reaches from its tip to the end of its tail, in radii.
const float tip = 1.75;
const float leaderTip = 2.15;
const float tail = 3.3;

void main() {
  int presence = int(a_marks.z) & 7;
  bool noPosition = (int(a_marks.z) & 128) != 0;
  bool marked = (int(a_marks.w) & 3) != 0;
  bool moving = presence == 5 && (int(a_marks.z) & 8) != 0;
  bool points = int(a_marks.y) == 1 || int(a_marks.y) == 4;
  int pass = marked ? 4 : presence < 4 ? 0 : !moving ? 1 : points ? 2 : 3;
  bool wanted = marked || ((u_roles >> min(int(a_marks.y), 4)) & (u_states >> presence) & 1) == 1;
  gl_PointSize = 1.0;
  if (presence < 2 || noPosition || pass != PASS || !wanted) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  float t = u_glide > 0.0 ? clamp((u_now - a_times.x) / u_glide, 0.0, 1.0) : 1.0;
  vec4 center = u_matrix * vec4(mix(a_from, a_to, t), 0.0, 1.0);
  float radius = min(u_size * scaleOf[min(int(a_marks.y), 4)], u_largest / 6.0);
  float turn = moving ? float(a_marks.x) * 6.28318530718 / 256.0 : 0.0;
  vec2 ahead = vec2(sin(turn), cos(turn));

  // The point's middle lies where it can be smallest: between tip and tail, behind the worker.
  float shift = 0.0;
  float reach = radius * 1.5 + 2.0;
  if (marked) {
    reach = moving ? max(radius * 3.0 + 4.0, radius * 4.0) : radius * 3.0 + 4.0;
  } else if (moving) {
    float front = radius * (int(a_marks.y) == 1 ? leaderTip : tip) + 2.0;
    float back = radius * tail;
    shift = (front - back) * 0.5;
    reach = max((front + back) * 0.5 * max(abs(ahead.x), abs(ahead.y)) + 1.0, reach);
  }
  float side = min(ceil(reach * 2.0), u_largest);
  gl_PointSize = side;
  v_turn = ahead;
  v_frame = vec3(side, shift, radius);
  float age = max(0.0, u_now - a_times.y);
  v_fade = marked ? 1.0 : mix(1.0, 0.45, smoothstep(30.0, 900.0, age)) * u_calm;
  v_kind = ivec4(presence, int(a_marks.y), moving ? 1 : 0, int(a_marks.w));
  center.xy += ahead * shift / u_viewport * 2.0 * center.w;
  gl_Position = vec4(center.xy * u_viewport / (u_viewport + 2.0 * u_margin), center.zw);
}`;

export const fragmentShader = `precision highp float;
flat in vec2 v_turn;
flat in vec3 v_frame;
flat in float v_fade;
flat in ivec4 v_kind;
uniform vec3 u_colors[COLORS];
uniform vec3 u_ground;
uniform vec3 u_ink;
out vec4 o_color;

float arrow(vec2 p, float r) {
  float outer = dot(p, vec2(0.937, 0.349)) - r * 0.611;
  float notch = dot(p, vec2(-0.447, -0.894)) - r * 0.581;
  return max(outer, notch);
}

float pointer(vec2 p, float r) {
  p.y -= r * 1.3;
  return max(dot(p, vec2(0.832, 0.555)) - r * 0.416, -p.y);
}

float body(vec2 p, float r, int role) {
  float diamond = (p.x + abs(p.y) - r * 1.2) * 0.7071;
  float square = max(p.x, abs(p.y)) - r * 0.85;
#if PASS == POINTING
  return role == 1 ? diamond : square;
#else
  return role == 1 ? diamond : role == 4 ? square : length(p) - r * 0.9;
#endif
}

float shape(vec2 p, float r, int role, bool moving) {
#if PASS == ARROWS
  return arrow(p, r);
#else
  float d = body(p, r, role);
#if PASS == POINTING || PASS == MARKED
  if (moving) {
    bool points = role == 1 || role == 4;
    d = points ? min(d, pointer(p - vec2(0.0, role == 1 ? r * 0.1 : 0.0), r)) : arrow(p, r);
  }
#endif
  return d;
#endif
}

void main() {
  int presence = v_kind.x;
  bool moving = v_kind.z == 1;
  float r = v_frame.z;
  vec2 offset = vec2(gl_PointCoord.x - 0.5, 0.5 - gl_PointCoord.y) * v_frame.x;
  vec2 at = vec2(offset.x * v_turn.y - offset.y * v_turn.x, dot(offset, v_turn) + v_frame.y);
  vec2 mirrored = vec2(abs(at.x), at.y);
  float d = shape(mirrored, r, v_kind.y, moving);
  float outline = d - 1.25;
#if PASS == FADING || PASS == MARKED
  float ring = abs(d + r * 0.12) - r * 0.14;
  float strike = max(abs(at.x + at.y) * 0.7071 - r * 0.12, d);
  d = presence == 2 ? min(ring, strike) : presence == 3 ? abs(d + r * 0.22) - r * 0.22 : d;
#endif
  float fade = v_fade;
  float fill = clamp(0.5 - d, 0.0, 1.0) * fade;
  float edge = clamp(0.5 - outline, 0.0, 1.0) * 0.75 * fade;
  int tint = v_kind.w >> 2;
  vec4 hue = vec4(u_colors[tint > 0 ? 5 + tint : presence], 1.0);
  vec4 color = vec4(u_ground, 1.0) * edge;
#if PASS >= POINTING
  float along = -at.y / r;
  float across = mirrored.x - max(0.6, r * 0.13);
  float tail = clamp(0.5 - across, 0.0, 1.0) * smoothstep(3.9, 0.6, along) * step(0.3, along) * 0.4 * fade;
#if PASS == MARKED
  tail = moving ? tail : 0.0;
#endif
  color += hue * tail * (1.0 - edge);
#endif
  color = hue * fill + color * (1.0 - fill);
#if PASS == MARKED
  float selected = float(v_kind.w & 1);
  float circle = abs(length(at) - r * 2.2) - mix(0.6, 1.2, selected) * max(1.0, r / 7.0);
  float a = clamp(0.5 - circle, 0.0, 1.0) * mix(0.7, 1.0, selected);
  color = vec4(u_ink, 1.0) * a + color * (1.0 - a);
#endif
  o_color = color;
}`;

/** Colours by presence, and after them those that a row may choose by number instead, from 1 on. */
const PRESENCE_COLORS = 6;
export const MOST_TINTS = 8;

/** What a pass's program knows before everything else. */
export const defines = (pass: number): string =>
  `#define PASS ${pass}\n#define COLORS ${PRESENCE_COLORS + MOST_TINTS}\n${Object.entries(Pass)
    .map(([name, number]) => `#define ${name.toUpperCase()} ${number}\n`)
    .join("")}`;
