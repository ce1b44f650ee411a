#include "tests/core/labs/activation/line_truth.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

namespace iem::testing {
namespace {

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }
double normal_density(double x) { return std::exp(-0.5 * x * x) / std::sqrt(2 * std::numbers::pi); }

std::vector<double> or_else(const std::vector<double>& given, const std::vector<double>& otherwise) {
  return given.empty() ? otherwise : given;
}

TexSymbols::Value list(const std::vector<double>& values, std::string letter) {
  return [values, letter](const TexPlace& at) {
    const auto h = at.index.empty() ? at.bound.at(letter) : at.index.back();
    return tex_number(values.at(static_cast<std::size_t>(h)));
  };
}

}  // namespace

LineTruth::LineTruth(const Snapshot& snapshot, double z) : s_(snapshot), z_(z) {
  const Config& config = snapshot.config();
  kind_ = config.text("model.hypotheses");
  kernel_ = config.text("model.energy");
  statistic_ = config.text("model.statistic");
  tau_ = snapshot.temperature;
  if (kind_ == "gate") {
    g_ = {0, 1};
    return;
  }
  nu_ = config.real("model.nu");
  c_ = config.real("model.huber_c");
  alpha_ = config.real("model.alpha");
  p_ = config.real("model.exponent") > 0 ? config.real("model.exponent") : 0.5 * (nu_ + 1);
  std::vector<double> places;
  for (const NamedTensor& each : snapshot.model().natural(snapshot.state.theta)) {
    if (each.name == "scale") scale_ = each.tensor.data[0];
    if (each.name == "prior") prior_ = each.tensor.data;
    if (each.name == "m" || each.name == "positions") places = each.tensor.data;
  }
  if (kind_ == "sign") {
    mu_ = {-places[0], places[0]};
    g_ = {-1, 1};
    prior_ = {1 - prior_[0], prior_[0]};
  } else {
    mu_ = places;
    g_ = or_else(config.tensor("model.values").data, mu_);
  }
  width_ = or_else(config.tensor("model.widths").data, std::vector<double>(g_.size(), 1.0));
  constant_ = constant();
  normalised_ = config.flag("model.volume_term") && std::isfinite(constant_);
}

double LineTruth::kernel(double u) const {
  const double a = std::abs(u);
  if (kernel_ == "gaussian") return 0.5 * u * u;
  if (kernel_ == "laplace") return a;
  if (kernel_ == "student_t") return p_ * std::log1p(u * u / nu_);
  if (kernel_ == "huber") return a <= c_ ? 0.5 * u * u : c_ * (a - 0.5 * c_);
  if (kernel_ == "pseudo_huber") return c_ * c_ * (std::sqrt(1 + u * u / (c_ * c_)) - 1);
  if (kernel_ == "logistic") return std::log1p(std::exp(-alpha_ * u));
  return std::exp(alpha_ * a);
}

double LineTruth::kernel_slope(double u) const {
  const double a = std::abs(u), sign = u > 0 ? 1 : -1;
  if (kernel_ == "gaussian") return u;
  if (kernel_ == "laplace") return sign;
  if (kernel_ == "student_t") return 2 * p_ * u / (nu_ + u * u);
  if (kernel_ == "huber") return a <= c_ ? u : c_ * sign;
  if (kernel_ == "pseudo_huber") return u / std::sqrt(1 + u * u / (c_ * c_));
  if (kernel_ == "logistic") return -alpha_ / (1 + std::exp(alpha_ * u));
  return alpha_ * sign * std::exp(alpha_ * a);
}

// log of the integral of exp(-kernel); NaN where there is none.
double LineTruth::constant() const {
  const double pi = std::numbers::pi;
  if (kernel_ == "gaussian") return 0.5 * std::log(2 * pi);
  if (kernel_ == "laplace") return std::log(2);
  if (kernel_ == "student_t")
    return p_ == 0.5 * (nu_ + 1)
               ? std::log(std::sqrt(nu_ * pi) * std::tgamma(0.5 * nu_) / std::tgamma(0.5 * (nu_ + 1)))
               : std::nan("");
  if (kernel_ == "huber")
    return std::log(std::sqrt(2 * pi) * std::erf(c_ / std::numbers::sqrt2) +
                    2 / c_ * std::exp(-0.5 * c_ * c_));
  if (kernel_ == "pseudo_huber") return std::log(2 * c_ * std::exp(c_ * c_) * std::cyl_bessel_k(1, c_ * c_));
  return std::nan("");
}

double LineTruth::energy(int h, double z) const {
  if (kind_ == "gate") {
    if (kernel_ == "gaussian") return -std::log(normal_cdf(h == 1 ? z : -z));
    return h == 1 ? -z : 0;
  }
  const auto j = static_cast<std::size_t>(h);
  const double sigma = scale_ * width_[j];
  return kernel((z - mu_[j]) / sigma) + (normalised_ ? std::log(sigma) + constant_ : 0) - std::log(prior_[j]);
}

double LineTruth::energy_slope(int h, double z) const {
  if (kind_ == "gate") {
    const double x = h == 1 ? z : -z, sign = h == 1 ? -1 : 1;
    if (kernel_ == "gaussian") return sign * normal_density(x) / normal_cdf(x);
    return h == 1 ? -1 : 0;
  }
  const auto j = static_cast<std::size_t>(h);
  const double sigma = scale_ * width_[j];
  return kernel_slope((z - mu_[j]) / sigma) / sigma;
}

double LineTruth::least(double z) const {
  double out = energy(0, z);
  for (int h = 1; h < count(); ++h) out = std::min(out, energy(h, z));
  return out;
}

std::vector<double> LineTruth::responsibilities(double z) const {
  constexpr double kSmallest = 1e-300;  // so that r log r is a number
  std::vector<double> r;
  double total = 0;
  for (int h = 0; h < count(); ++h) r.push_back(std::exp(-(energy(h, z) - least(z)) / tau_));
  for (const double each : r) total += each;
  for (double& each : r) each = std::max(each / total, kSmallest);
  return r;
}

double LineTruth::log_partition(double z) const {
  double total = 0;
  for (int h = 0; h < count(); ++h) total += std::exp(-(energy(h, z) - least(z)) / tau_);
  return tau_ * std::log(total) - least(z);
}

double LineTruth::mean(double z) const {
  const std::vector<double> r = responsibilities(z);
  return std::inner_product(r.begin(), r.end(), g_.begin(), 0.0);
}

double LineTruth::covariance(const std::vector<double>& f) const {
  const std::vector<double> r = responsibilities(z_);
  double of_f = 0, of_slope = 0, out = 0;
  for (std::size_t h = 0; h < r.size(); ++h) {
    of_f += r[h] * f[h];
    of_slope += r[h] * energy_slope(static_cast<int>(h), z_);
  }
  for (std::size_t h = 0; h < r.size(); ++h)
    out += r[h] * (f[h] - of_f) * (energy_slope(static_cast<int>(h), z_) - of_slope);
  return out;
}

double LineTruth::activation(double z) const {
  const std::vector<double> r = responsibilities(z);
  const double m = mean(z);
  double out = 0;
  if (statistic_ == "mean") return m;
  if (statistic_ == "gated_mean") return z * m;
  if (statistic_ == "log_partition") return log_partition(z);
  if (statistic_ == "mode") return g_[static_cast<std::size_t>(std::ranges::max_element(r) - r.begin())];
  for (std::size_t h = 0; h < r.size(); ++h)
    out += statistic_ == "variance" ? r[h] * (g_[h] - m) * (g_[h] - m)
           : r[h] > 0               ? -r[h] * std::log(r[h])
                                    : 0;
  return out;
}

// Of fourth order.
double LineTruth::slope_by_differences() const {
  const double step = 5e-5;
  const auto apart = [&](double d) { return (activation(z_ + d) - activation(z_ - d)) / (2 * d); };
  return (4 * apart(0.5 * step) - apart(step)) / 3;
}

bool LineTruth::is_smooth() const {
  if (kind_ == "gate") return true;
  for (std::size_t h = 0; h < mu_.size(); ++h) {
    const double u = std::abs(z_ - mu_[h]), sigma = scale_ * width_[h];
    const bool tip = kernel_ == "laplace" || kernel_ == "exponential";
    if ((tip && u < 0.01) || (kernel_ == "huber" && std::abs(u - c_ * sigma) < 0.01)) return false;
  }
  return true;
}

void LineTruth::add_state(TexSymbols& out) const {
  for (const auto& [name, value] : {std::pair{"\\tau", tau_},
                                    {"z", z_},
                                    {"c", c_},
                                    {"\\nu", nu_},
                                    {"p", p_},
                                    {"\\alpha", alpha_},
                                    {"C", constant()}})
    out.number(name, value);
  const std::string& first = kind_ == "sign" ? "s" : "h";
  out.values["s"] = out.values["h"] = out.values["g"] = list(g_, first);
  out.functions["\\Phi"] = [](const TexPlace&, const std::vector<TexValue>& x) {
    return tex_number(normal_cdf(x.at(0)(0, 0)));
  };
  if (kind_ == "gate") return;
  std::vector<double> sigma;
  for (const double width : width_) sigma.push_back(scale_ * width);
  const bool one_width = std::ranges::all_of(width_, [](double w) { return w == 1; });
  out.values["\\mu"] = list(mu_, first);
  out.values["\\pi"] = [own = list(prior_, first)](const TexPlace& at) {
    return at.index.empty() ? tex_number(std::numbers::pi) : own(at);
  };
  out.number("m", mu_.back());
  out.values["\\sigma"] = [sigma, one_width](const TexPlace& at) {
    if (at.index.empty() && !one_width) throw TexError("which of several widths?");
    return tex_number(sigma.at(at.index.empty() ? 0 : static_cast<std::size_t>(at.index[0])));
  };
  out.values["u"] = [this, first, sigma](const TexPlace& at) {
    const auto h = static_cast<std::size_t>(at.bound.at(first));
    return tex_number((z_ - mu_[h]) / sigma[h]);
  };
  out.functions["k"] = [this](const TexPlace&, const std::vector<TexValue>& u) {
    return tex_number(kernel(u.at(0)(0, 0)));
  };
  out.functions["k'"] = [this](const TexPlace&, const std::vector<TexValue>& u) {
    return tex_number(kernel_slope(u.at(0)(0, 0)));
  };
  out.functions["p"] = [this, first, sigma](const TexPlace& at, const std::vector<TexValue>& from_place) {
    const double wide = sigma[static_cast<std::size_t>(at.bound.at(first))];
    return tex_number(std::exp(-kernel(from_place.at(0)(0, 0) / wide) - constant()) / wide);
  };
  out.functions["\\mathcal{N}"] = [this](const TexPlace&, const std::vector<TexValue>& of) {
    const double sigma2 = of.at(1)(0, 0);
    return tex_number(normal_density((z_ - of.at(0)(0, 0)) / std::sqrt(sigma2)) / std::sqrt(sigma2));
  };
}

void LineTruth::add_posterior(TexSymbols& out) const {
  const std::string first = kind_ == "sign" ? "s" : "h";
  std::vector<double> d, slope, weight;
  for (int h = 0; h < count(); ++h) {
    d.push_back(energy(h, z_));
    slope.push_back(energy_slope(h, z_));
    weight.push_back(std::exp(-d.back()));
  }
  const std::vector<double> r = responsibilities(z_);
  const double m = mean(z_);
  const auto mode = static_cast<int>(std::ranges::max_element(r) - r.begin());
  std::vector<double> off, logs;
  for (std::size_t h = 0; h < r.size(); ++h)
    off.push_back((g_[h] - m) * (g_[h] - m)), logs.push_back(std::log(r[h]));
  const double variance = std::inner_product(r.begin(), r.end(), off.begin(), 0.0);

  // Of an energy, at the probe or at another place; of data i by d_{ih}.
  out.values["d"] = list(d, first);
  out.functions["d"] = [this](const TexPlace& at, const std::vector<TexValue>& z) {
    return tex_number(energy(at.index.at(0), z.at(0)(0, 0)));
  };
  out.values["d'"] = list(slope, first);
  out.values["r"] = list(r, first);
  out.functions["r"] = [this](const TexPlace& at, const std::vector<TexValue>& z) {
    return tex_number(responsibilities(z.at(0)(0, 0)).at(static_cast<std::size_t>(at.index.at(0))));
  };
  // By complex step of L.
  out.values["\\partial L/\\partial d"] = [this, d](const TexPlace& at) {
    const double lowest = *std::ranges::min_element(d), small = 1e-30;
    std::complex<double> total = 0;
    for (std::size_t h = 0; h < d.size(); ++h) {
      const std::complex<double> moved(d[h] - lowest, static_cast<int>(h) == at.index.back() ? small : 0);
      total += std::exp(-moved / tau_);
    }
    return tex_number(std::imag(tau_ * std::log(total)) / small);
  };
  const auto function = [&](const char* name, double here, double (LineTruth::*of)(double) const) {
    out.number(name, here);
    out.functions[name] = [this, of](const TexPlace&, const std::vector<TexValue>& z) {
      return tex_number((this->*of)(z.at(0)(0, 0)));
    };
  };
  function("L", log_partition(z_), &LineTruth::log_partition);
  function("a", activation(z_), &LineTruth::activation);
  out.number("a'", slope_by_differences());
  out.functions["a'"] = [this](const TexPlace&, const std::vector<TexValue>&) {
    return tex_number(slope_by_differences());
  };
  double entropy = 0;
  for (std::size_t h = 0; h < r.size(); ++h) entropy -= r[h] > 0 ? r[h] * logs[h] : 0;
  out.functions["H"] = [entropy](const TexPlace&, const std::vector<TexValue>&) {
    return tex_number(entropy);
  };
  const auto literal = [&](const std::string& tex, double value) {
    out.literals[tex_without_space(tex)] = [value](const TexPlace&) { return tex_number(value); };
  };
  for (const char* what : {"g", "s", "h", "\\mu"}) {
    literal("\\mathrm{E}[" + std::string(what) + "\\mid z]", m);
    literal("\\mathrm{Var}(" + std::string(what) + "\\mid z)", variance);
    literal("\\mathrm{Cov}(" + std::string(what) + ",d'\\mid z)", covariance(g_));
  }
  literal("\\mathrm{E}[g\\mid z]'", -covariance(g_) / tau_);
  literal("\\mathrm{Var}", variance);
  literal("\\mathrm{Cov}((g-\\mathrm{E}g)^2,d'\\mid z)", covariance(off));
  literal("\\mathrm{Cov}(\\log r,d'\\mid z)", covariance(logs));
  literal("\\min d", *std::ranges::min_element(d));
  for (int h = 0; kind_ != "gate" && h < count(); ++h) {
    const std::string mark = kind_ != "sign" ? std::to_string(h + 1) : h == 0 ? "-" : "+";
    literal("p(z\\mid " + mark + ")",
            weight[static_cast<std::size_t>(h)] / prior_[static_cast<std::size_t>(h)]);
  }
  for (const std::string& letter : {std::string("s"), std::string("h")}) {
    literal("g(" + letter + "^*)", g_[static_cast<std::size_t>(mode)]);
    literal(letter + "^*", mode);
    literal("\\mathrm{argmin}_" + letter + "\\,d_" + letter + "(z)",
            static_cast<double>(std::ranges::min_element(d) - d.begin()));
    out.literals["p(z\\mid " + letter + ")"] = [this, first, weight](const TexPlace& at) {
      const auto h = static_cast<std::size_t>(at.bound.at(first));
      return tex_number(weight[h] / prior_[h]);
    };
  }
  if (kind_ != "gate") return;
  // At tau = 1, as energies are.
  const double total = kernel_ == "gaussian" ? 1 : weight[0] + weight[1];
  literal("P(h=1)", weight[1] / total);
  literal("P(h=0)", weight[0] / total);
  literal("P(1)", weight[1] / total);
  literal("P(0)", weight[0] / total);
  out.functions["P"] = [weight, total](const TexPlace& at, const std::vector<TexValue>&) {
    return tex_number(weight.at(static_cast<std::size_t>(at.bound.at("h"))) / total);
  };
}

// Points, and what EM and the gradient make of them.
void LineTruth::add_data(TexSymbols& out) const {
  const Eigen::Index n = s_.data().size();
  if (n == 0) return;
  out.number("N", static_cast<double>(n));
  std::vector<int> all(static_cast<std::size_t>(n));
  std::iota(all.begin(), all.end(), 0);
  out.ranges["i"] = all;
  out.values["z"] = [this](const TexPlace& at) {
    return tex_number(at.index.empty() ? z_ : s_.data().points(at.index[0], 0));
  };
  out.values["r"] = [this, own = out.values["r"]](const TexPlace& at) {
    if (!at.bound.contains("i")) return own(at);
    const double z = s_.data().points(at.bound.at("i"), 0);
    return tex_number(responsibilities(z).at(static_cast<std::size_t>(at.index.back())));
  };
  out.values["d"] = [this, own = out.values["d"]](const TexPlace& at) {
    return at.index.size() < 2 ? own(at) : tex_number(energy(at.index[1], s_.data().points(at.index[0], 0)));
  };
  out.values["w"] = [this, u = out.values["u"]](const TexPlace& at) {
    if (at.index.empty()) return tex_number(kernel_slope(u(at)(0, 0)) / u(at)(0, 0));
    const auto h = static_cast<std::size_t>(at.index.back());
    const double u = (s_.data().points(at.bound.at("i"), 0) - mu_[h]) / (scale_ * width_[h]);
    return tex_number(kernel_slope(u) / u);
  };
  std::vector<double> shares(g_.size());
  for (const int i : all) {
    const std::vector<double> r = responsibilities(s_.data().points(i, 0));
    for (std::size_t h = 0; h < r.size(); ++h) shares[h] += r[h];
  }
  out.values["N"] = [shares, n](const TexPlace& at) {
    return tex_number(at.index.empty() ? static_cast<double>(n)
                                       : shares.at(static_cast<std::size_t>(at.index[0])));
  };
  double loss = 0;
  for (const int i : all) loss -= log_partition(s_.data().points(i, 0)) / static_cast<double>(n);
  out.number("J", loss);
}

TexSymbols LineTruth::symbols(int hypothesis) const {
  TexSymbols out;
  std::vector<int> all(g_.size());
  std::iota(all.begin(), all.end(), 0);
  for (const char* letter : {"h", "s", "k", "j"}) out.ranges[letter] = all;
  out.bound = {{"h", hypothesis}, {"s", hypothesis}};
  const bool gate = kind_ == "gate";
  out.index_of = [gate](const std::string& token) {
    if (token == "+") return 1;
    if (token == "-") return 0;
    if (token[0] < '0' || token[0] > '9') throw TexError("unknown index " + token);
    return std::stoi(token) - (gate ? 0 : 1);
  };
  add_state(out);
  add_posterior(out);
  add_data(out);
  return out;
}

}  // namespace iem::testing
