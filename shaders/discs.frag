#version 330 core
// A disc over its ring; edges fade over one pixel.
in vec4 disc_colour;
in vec4 ring_colour;
in vec2 reach;
in float side;

out vec4 colour;

void main() {
  float rho = length((gl_PointCoord - 0.5) * side);
  vec2 cover = clamp(reach + 0.5 - rho, 0.0, 1.0);
  float over = disc_colour.a * cover.x;
  float under = ring_colour.a * cover.y * (1.0 - over);
  float alpha = over + under;
  colour = vec4((disc_colour.rgb * over + ring_colour.rgb * under) / max(alpha, 1e-6), alpha);
}
