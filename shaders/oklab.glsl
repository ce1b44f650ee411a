// OKLab (B. Ottosson 2020) to sRGB, as in core/field/oklab.cpp.
float to_gamma(float linear) {
  linear = clamp(linear, 0.0, 1.0);
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1.0 / 2.4) - 0.055;
}

vec3 to_rgb(vec3 lab) {
  vec3 cone = vec3(lab.x + 0.3963377774 * lab.y + 0.2158037573 * lab.z,
                   lab.x - 0.1055613458 * lab.y - 0.0638541728 * lab.z,
                   lab.x - 0.0894841775 * lab.y - 1.2914855480 * lab.z);
  cone = cone * cone * cone;
  return vec3(to_gamma(4.0767416621 * cone.x - 3.3077115913 * cone.y + 0.2309699292 * cone.z),
              to_gamma(-1.2684380046 * cone.x + 2.6097574011 * cone.y - 0.3413193965 * cone.z),
              to_gamma(-0.0041960863 * cone.x - 0.7034186147 * cone.y + 1.7076147010 * cone.z));
}
