#version 330 core
// The boundaries r_j = r_k of a field drawn by field.frag, whose alpha is the number of the nearest prototype: a pixel
// lies on one when the pixel to its left or above it belongs to another prototype.
uniform sampler2D field;
uniform vec3 line;  // OKLab

out vec4 colour;

//@OKLAB

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 here = texelFetch(field, at, 0);
  float left = texelFetch(field, max(at - ivec2(1, 0), ivec2(0)), 0).a;
  float above = texelFetch(field, max(at - ivec2(0, 1), ivec2(0)), 0).a;
  bool edge = abs(here.a - left) > 0.5 / 255.0 || abs(here.a - above) > 0.5 / 255.0;
  colour = vec4(edge ? to_rgb(mix(to_oklab(here.rgb), line, 0.4)) : here.rgb, 1.0);
}
