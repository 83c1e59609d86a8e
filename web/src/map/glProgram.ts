/** MapLibre's matrix with an origin (mercator units) folded in, in float64 before it becomes float32. */
export function fold(
  into: Float32Array,
  m: ArrayLike<number>,
  origin: { readonly originX: number; readonly originY: number },
): Float32Array {
  for (let row = 0; row < 4; row++) {
    into[row] = m[row];
    into[4 + row] = m[4 + row];
    into[8 + row] = m[8 + row];
    into[12 + row] = m[row] * origin.originX + m[4 + row] * origin.originY + m[12 + row];
  }
  return into;
}

/** Compiles and links; a context lost meanwhile is no error, the layer is made anew with the next one. */
export function link(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(type) as WebGLShader;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
      throw new Error(`Shader: ${gl.getShaderInfoLog(shader)}`);
    }
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    throw new Error(`Shader program: ${gl.getProgramInfoLog(program)}`);
  }
  return program;
}
