#include "tests/support/tex_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/base/number.h"
#include "core/figure/caption.h"
#include "core/figure/figure.h"
#include "core/figure/tex_value.h"
#include "core/labs/kit/inspection.h"

namespace iem::testing {
namespace {

// Of vectors that are shown in part the part.
double difference(const TexValue& a, const TexValue& b) {
  const Eigen::Index n = std::min(a.size(), b.size());
  double most = 0, size = 1;
  for (Eigen::Index i = 0; i < n; ++i) {
    size = std::max({size, std::abs(a.reshaped()[i]), std::abs(b.reshaped()[i])});
    most = std::max(most, std::abs(a.reshaped()[i] - b.reshaped()[i]));
    if (std::isnan(a.reshaped()[i]) != std::isnan(b.reshaped()[i])) return INFINITY;
  }
  return most / size;
}

// Four, or as many as a longer decimal has.
int significant_digits_of(const ShownNumber& shown) {
  const std::size_t first = shown.digits.find_first_of("123456789");
  if (first == std::string::npos || shown.digits.find('.') == std::string::npos) return kShownDigits;
  const auto digits = std::count_if(shown.digits.begin() + static_cast<std::ptrdiff_t>(first),
                                    shown.digits.end(), [](char c) { return c >= '0' && c <= '9'; });
  return std::max(kShownDigits, static_cast<int>(digits));
}

}  // namespace

std::string tex_of(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.17g", value);
  return value < 0 ? "(" + std::string(text) + ")" : text;
}

std::string tex_of(const std::vector<FormulaPiece>& line) {
  std::string out;
  for (const FormulaPiece& piece : line) {
    if (piece.is_number && !std::isfinite(piece.number)) return {};
    out += piece.is_number ? tex_of(piece.number) : piece.tex;
  }
  return out;
}

int expect_equations(const std::string& tex, const TexSymbols& symbols, const std::string& where,
                     double tolerance) {
  int held = 0;
  for (const TexStatement& statement : tex_statements(tex)) {
    try {
      std::vector<TexValue> sides;
      const bool equation =
          std::ranges::all_of(statement.relations, [](const std::string& r) { return r == "="; });
      if (!equation || statement.sides.size() < 2) continue;
      for (const std::string& side : statement.sides) sides.push_back(formula_value(side, symbols));
      for (std::size_t i = 1; i < sides.size(); ++i, ++held)
        EXPECT_LE(difference(sides[0], sides[i]), tolerance)
            << where << ": " << tex << "\n"
            << statement.sides[0] << " is " << sides[0] << ", " << statement.sides[i] << " is " << sides[i];
    } catch (const TexError& error) {
      ADD_FAILURE() << where << ": " << tex << "\n" << error.what();
    }
  }
  return held;
}

void expect_value(const std::string& tex, double value, const TexSymbols& symbols, const std::string& where,
                  double tolerance) {
  try {
    EXPECT_LE(difference(formula_value(tex, symbols), tex_number(value)), tolerance)
        << where << ": " << tex << " is " << formula_value(tex, symbols) << ", shown is " << value;
  } catch (const TexError& error) {
    ADD_FAILURE() << where << ": " << tex << "\n" << error.what();
  }
}

// The last side is a number; so is every side made of numbers and signs.
void expect_adds_up(const std::vector<FormulaPiece>& line, const std::string& where) {
  if (line.empty() || !line.back().is_number || !std::isfinite(line.back().number)) return;
  const std::vector<TexStatement> said = tex_statements(formula_tex(line));
  const int digits = significant_digits_of(shown_numbers(line).back());
  const double last = number_as_read(line.back().number, digits);
  for (const std::string& side : said.at(0).sides) {
    const std::optional<double> value = tex_value(side);
    if (value) {
      EXPECT_EQ(number_as_read(*value, digits), last) << where << ": " << formula_tex(line);
    }
  }
}

int expect_caption(const Figure& figure, const TexSymbols& symbols, const std::string& where,
                   double tolerance) {
  int held = 0;
  for (const CaptionPart& part : caption_parts(figure.caption))
    if (part.tex)
      held += expect_equations(part.text, symbols, where + ", caption of " + figure.id, tolerance);
  return held;
}

}  // namespace iem::testing
