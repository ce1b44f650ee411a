#include "core/base/power_of_ten.h"

namespace iem {
namespace {

constexpr std::string_view kTenHat = "10^", kTimesSign = " \u00D7 ", kPowersMinus = "\u2212";

bool is_digit_of_ten(char c) { return c >= '0' && c <= '9'; }

// The first place at or after `from` where "10^" with a whole number behind it stands; npos: there is none.
struct TenPower {
  std::size_t ten = std::string_view::npos;
  std::size_t exponent = 0, end = 0;
};

TenPower next_ten_power(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find(kTenHat, from); at != std::string_view::npos;
       at = text.find(kTenHat, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    if (is_digit_of_ten(before) || before == '.' || before == ',') continue;
    const std::size_t exponent = at + kTenHat.size();
    const std::size_t first =
        exponent + (text.substr(exponent).starts_with(kPowersMinus) ? kPowersMinus.size() : 0);
    std::size_t end = first;
    while (end < text.size() && is_digit_of_ten(text[end])) ++end;
    if (end > first) return {at, exponent, end};
  }
  return {};
}

}  // namespace

std::vector<TextRun> text_runs(std::string_view utf8) {
  std::vector<TextRun> out;
  std::size_t done = 0;
  for (TenPower p = next_ten_power(utf8, 0); p.ten != std::string_view::npos;
       p = next_ten_power(utf8, done)) {
    out.push_back({utf8.substr(done, p.exponent - 1 - done), false});
    out.push_back({utf8.substr(p.exponent, p.end - p.exponent), true});
    done = p.end;
  }
  if (done < utf8.size()) out.push_back({utf8.substr(done), false});
  return out;
}

std::string times_power(const std::string& digits, int power) {
  const std::string size = std::to_string(power < 0 ? -power : power);
  return digits + std::string(kTimesSign) + std::string(kTenHat) +
         (power < 0 ? std::string(kPowersMinus) : "") + size;
}

std::string with_power(const std::string& digits, int power) {
  const std::string all = times_power(digits, power);
  const bool one = digits == "1" || digits == std::string(kPowersMinus) + "1";
  if (!one) return all;
  return digits.substr(0, digits.size() - 1) + all.substr(digits.size() + kTimesSign.size());
}

std::string without_powers(std::string_view utf8) {
  std::string out;
  std::size_t done = 0;
  for (TenPower p = next_ten_power(utf8, 0); p.ten != std::string_view::npos;
       p = next_ten_power(utf8, done)) {
    out += utf8.substr(done, p.ten - done);
    if (out.ends_with(kTimesSign))
      out.erase(out.size() - kTimesSign.size());
    else
      out += '1';
    std::string_view exponent = utf8.substr(p.exponent, p.end - p.exponent);
    out += 'e';
    if (exponent.starts_with(kPowersMinus)) out += '-', exponent.remove_prefix(kPowersMinus.size());
    out += exponent;
    done = p.end;
  }
  return out += utf8.substr(done);
}

}  // namespace iem
