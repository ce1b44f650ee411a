#version 330 core
// A field over the plane: responsibilities, entropy, density, energy or assignment of a mixture, pixel by pixel.
// The CPU twin is core/field/field.cpp (render_field); a test compares the two.
//
//   d_j(x) = kernel(W_j (x - mu_j)) + offset_j,   r_j = exp(-d_j/tau) / sum_k exp(-d_k/tau),   L = tau log sum_j exp(-d_j/tau)
//
// The program puts lines here: KIND, the energy's own KERNEL(u, rho2), from its declaration in core/energy, whether it is
// ON_CIRCLE, whether BOUNDARIES are drawn, and, where the loops over few components are to be unrolled, their COUNT.
//@DEFINES

const int kMost = 64;
const float kLog2e = 1.4426950408889634;

#ifdef COUNT
const int count = COUNT;
#else
uniform int count;
#endif
uniform vec4 place[kMost];      // mu - centre of the view, offset
uniform vec4 shape[kMost];      // w00, w10, w11 of W
uniform vec4 territory[kMost];  // OKLab
uniform float p[4];             // the energy's parameters
uniform float temperature;
uniform vec2 centre;            // of the view, for energies of directions
uniform vec2 corner;            // top left of the view, from its centre
uniform vec2 pixel;             // size of a pixel in the plane
uniform vec3 paper, ink, undecided, low, high;  // OKLab
uniform float dither;  // 1: pale slopes without bands; 0: the colours of the twin, rounded

out vec4 colour;

float energy(int j, vec2 x) {
#if ON_CIRCLE
  vec2 from = normalize(x + centre) - (place[j].xy + centre);
#else
  vec2 from = x - place[j].xy;
#endif
  vec2 u = vec2(shape[j].x * from.x, shape[j].y * from.x + shape[j].z * from.y);
  float rho2 = dot(u, u);
  return (KERNEL) + place[j].z;
}

//@OKLAB

vec2 point(vec2 at) { return corner + vec2(at.x, -at.y) * pixel; }

#if BOUNDARIES
int nearest_at(vec2 x) {
  float least = energy(0, x);
  int nearest = 0;
  for (int j = 1; j < count; ++j) {
    float d = energy(j, x);
    if (d < least) {
      least = d;
      nearest = j;
    }
  }
  return nearest;
}
#endif

void main() {
  vec2 x = point(gl_FragCoord.xy);
  float to_log2 = -kLog2e / temperature;

  // Softmax in one pass over the components. z = -d/tau in powers of two; everything is kept relative to the largest z
  // so far, so that energies of any size neither overflow nor vanish. One exponential a component.
  float most = energy(0, x) * to_log2;
  float sum = 1.0;           // sum_j 2^(z_j - most)
  vec3 mixed = territory[0].xyz;
  float spread = 0.0;        // sum_j 2^(z_j - most) (z_j - most)
  int nearest = 0;
  for (int j = 1; j < count; ++j) {
    float z = energy(j, x) * to_log2;
    float gap = z - most;
    float less = exp2(-abs(gap));
    bool leads = gap > 0.0;
    float old = leads ? less : 1.0;
    float own = leads ? 1.0 : less;
#if KIND == 1
    spread = leads ? less * (spread - sum * gap) : spread + less * gap;
#endif
#if KIND == 0
    mixed = mixed * old + territory[j].xyz * own;
#endif
    sum = sum * old + own;
    most = leads ? z : most;
    nearest = leads ? j : nearest;
  }
  float log_partition = temperature * (most + log2(sum)) / kLog2e;

#if KIND == 0
  vec3 lab = mixed / sum;
#elif KIND == 1
  float entropy = (log2(sum) - spread / sum) / kLog2e;
  vec3 lab = mix(paper, undecided, clamp(entropy / log(max(2.0, float(count))), 0.0, 1.0));
#elif KIND == 2
  float density = exp(min(log_partition / temperature, 80.0));
  vec3 lab = mix(paper, ink, 0.9 * (1.0 - exp(-6.0 * density)));
#elif KIND == 3
  float depth = max(-log_partition, 0.0);
  vec3 lab = mix(low, high, depth / (depth + 4.0));
#else
  vec3 lab = territory[nearest].xyz;
#endif
#if BOUNDARIES
  // r_j = r_k: the nearest prototype is another one than that of the pixel to the left or above.
  int left = nearest_at(point(vec2(max(gl_FragCoord.x - 1.0, 0.5), gl_FragCoord.y)));
  int above = nearest_at(point(vec2(gl_FragCoord.x, max(gl_FragCoord.y - 1.0, 0.5))));
  nearest = nearest_at(x);
  if (left != nearest || above != nearest) lab = mix(lab, ink, 0.4);
#endif
  // Less than half a step of a byte to either side, the same at the same pixel: the threshold of an ordered 4 x 4 screen.
  ivec2 at = ivec2(gl_FragCoord.xy) & 3;
  int low_bits = ((at.x ^ at.y) & 1) * 8 + (at.y & 1) * 4 + ((at.x ^ at.y) >> 1) * 2 + (at.y >> 1);
  float screen = dither * ((float(low_bits) + 0.5) / 16.0 - 0.5) / 255.0;
  colour = vec4(to_rgb(lab) + screen, 1.0);
}
