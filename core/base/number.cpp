#include "core/base/number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "core/base/power_of_ten.h"
#include "core/base/read_number.h"

namespace iem {
namespace {

constexpr double kLeast = 1e-4, kMost = 1e5;  // in full from here to there
constexpr const char *kMinusSign = "\u2212", *kInfinitySign = "\u221E";

std::string converted(double value, std::chars_format format, int precision) {
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format, precision);
  return {buffer.data(), end.ptr};
}

// Reads back what to_chars has written, or `otherwise`; neither function depends on the locale.
double parsed(const std::string& text, double otherwise) {
  read_number(text.data(), text.data() + text.size(), otherwise);
  return otherwise;
}

// The parts in ASCII. The power is that of the rounded value: 0.99996 is 1.000.
ShownNumber ascii(double value, int digits) {
  if (std::isnan(value)) return {"nan", {}};
  if (value == 0) return {"0", {}};
  const double size = std::abs(value);
  if (size < kMost && size == std::floor(size)) return {converted(value, std::chars_format::fixed, 0), {}};
  const std::string text = converted(value, std::chars_format::scientific, digits - 1);
  const std::size_t e = text.find('e');
  const int power = static_cast<int>(parsed(text.substr(text[e + 1] == '+' ? e + 2 : e + 1), 0));
  const double rounded = std::abs(parsed(text, value));
  if (rounded < kLeast || rounded >= kMost) return {text.substr(0, e), power};
  const int decimals = digits - 1 - power;
  return {converted(value, std::chars_format::fixed, decimals > 0 ? decimals : 0), {}};
}

std::string with(const std::string& minus, std::string text) {
  return text[0] == '-' ? minus + text.substr(1) : text;
}

}  // namespace

ShownNumber show_number(double value, int digits) {
  if (std::isinf(value)) return {value < 0 ? std::string(kMinusSign) + kInfinitySign : kInfinitySign, {}};
  ShownNumber shown = ascii(value, digits);
  shown.digits = with(kMinusSign, shown.digits);
  return shown;
}

std::string shown_number(double value, int digits) {
  const ShownNumber shown = show_number(value, digits);
  if (!shown.power) return shown.digits;
  return times_power(shown.digits, *shown.power);
}

std::string number_tex(double value, int digits) { return number_tex(show_number(value, digits)); }

std::string number_tex(const ShownNumber& shown) {
  if (shown.digits == "nan") return "\\mathrm{nan}";
  const bool negative = shown.digits.starts_with(kMinusSign);
  std::string tex = shown.digits;
  if (negative) tex.erase(0, std::string_view(kMinusSign).size());
  if (tex == kInfinitySign) tex = "\\infty";
  if (shown.power) tex += "\\times10^{" + std::to_string(*shown.power) + "}";
  return negative ? "-" + tex : tex;
}

double number_as_read(double value, int digits) {
  if (!std::isfinite(value)) return value;
  const ShownNumber shown = ascii(value, digits);
  const std::string power = shown.power ? "e" + std::to_string(*shown.power) : "";
  return parsed(shown.digits + power, value);
}

std::string share_in_words(double share) {
  if (!(share > 0) || share >= 0.5) return shown_number(share, 2);
  const double times = parsed(converted(1 / share, std::chars_format::scientific, 1), 1 / share);
  return times < kMost ? "1/" + converted(times, std::chars_format::fixed, 0) : "less than 1/100000";
}

std::string format_number(double value, int digits) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? std::string(kMinusSign) + "\u221E" : "\u221E";
  std::array<char, 64> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::general, digits);
  const std::string text(buffer.data(), end.ptr);
  const std::size_t e = text.find('e');
  if (e == std::string::npos) return text == "-0" ? "0" : with(kMinusSign, text);
  int power = 0;
  const char* exponent = text.data() + e + (text[e + 1] == '+' ? 2 : 1);  // from_chars takes no plus
  std::from_chars(exponent, text.data() + text.size(), power);
  return with_power(with(kMinusSign, text.substr(0, e)), power);
}

std::string format_fixed(double value, int decimals) {
  if (!std::isfinite(value)) return format_number(value);
  std::array<char, 400> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::fixed, std::clamp(decimals, 0, 60));
  std::string text(buffer.data(), end.ptr);
  if (text.find_first_of("123456789") == std::string::npos && text[0] == '-') text.erase(0, 1);
  return with(kMinusSign, text);
}

std::string exact_number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  std::array<char, 64> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr};
}

std::string real_number(double value) {
  std::string out = exact_number(value);
  if (std::isfinite(value) && out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

}  // namespace iem
