// sRGB <-> OKLab (B. Ottosson 2020), as in core/figure/oklab.cpp.
float to_gamma(float linear) {
  linear = clamp(linear, 0.0, 1.0);
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1.0 / 2.4) - 0.055;
}

float to_linear(float v) { return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4); }

vec3 to_rgb(vec3 lab) {
  vec3 cone = vec3(lab.x + 0.3963377774 * lab.y + 0.2158037573 * lab.z,
                   lab.x - 0.1055613458 * lab.y - 0.0638541728 * lab.z,
                   lab.x - 0.0894841775 * lab.y - 1.2914855480 * lab.z);
  cone = cone * cone * cone;
  return vec3(to_gamma(4.0767416621 * cone.x - 3.3077115913 * cone.y + 0.2309699292 * cone.z),
              to_gamma(-1.2684380046 * cone.x + 2.6097574011 * cone.y - 0.3413193965 * cone.z),
              to_gamma(-0.0041960863 * cone.x - 0.7034186147 * cone.y + 1.7076147010 * cone.z));
}

vec3 to_oklab(vec3 rgb) {
  vec3 c = vec3(to_linear(rgb.r), to_linear(rgb.g), to_linear(rgb.b));
  vec3 cone = pow(vec3(0.4122214708 * c.r + 0.5363325363 * c.g + 0.0514459929 * c.b,
                       0.2119034982 * c.r + 0.6806995451 * c.g + 0.1073969566 * c.b,
                       0.0883024619 * c.r + 0.2817188376 * c.g + 0.6299787005 * c.b), vec3(1.0 / 3.0));
  return vec3(0.2104542553 * cone.x + 0.7936177850 * cone.y - 0.0040720468 * cone.z,
              1.9779984951 * cone.x - 2.4285922050 * cone.y + 0.4505937099 * cone.z,
              0.0259040371 * cone.x + 0.7827717662 * cone.y - 0.8086757660 * cone.z);
}
