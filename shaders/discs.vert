#version 330 core
// One point a disc. Lengths are pixels of the framebuffer.
layout(location = 0) in vec2 centre;
layout(location = 1) in vec2 radii;  // of the disc, and of the ring around it
layout(location = 2) in vec4 ink;
layout(location = 3) in vec4 ring;

uniform vec4 screen;  // top left corner and 2 / size, in ImGui's units
uniform float density;  // pixels per unit

out vec4 disc_colour;
out vec4 ring_colour;
out vec2 reach;
out float side;

void main() {
  vec2 at = (centre - screen.xy) * screen.zw;
  gl_Position = vec4(at.x - 1.0, 1.0 - at.y, 0.0, 1.0);
  reach = radii * density;
  side = 2.0 * ceil(max(reach.x, reach.y) + 1.0);
  gl_PointSize = side;
  disc_colour = ink;
  ring_colour = ring;
}
