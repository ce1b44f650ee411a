#include "app/export/tex_letters.h"

#include <algorithm>
#include <array>

#include "core/base/utf8.h"

namespace iem {
namespace {

struct LetterTex {
  char32_t letter;
  std::string_view tex;
};

// Mathematics has these in every LaTeX. Those of formulas are among the signs of escape.cpp.
constexpr LetterTex kMathematics[] = {
    {0x0386, "\\acute{A}"},
    {0x0388, "\\acute{E}"},
    {0x0389, "\\acute{H}"},
    {0x038A, "\\acute{I}"},
    {0x038C, "\\acute{O}"},
    {0x038E, "\\acute{Y}"},
    {0x038F, "\\acute{\\Omega}"},
    {0x0390, "\\acute{\\ddot{\\iota}}"},
    {0x0391, "A"},
    {0x0392, "B"},
    {0x0393, "\\Gamma"},
    {0x0395, "E"},
    {0x0396, "Z"},
    {0x0397, "H"},
    {0x0398, "\\Theta"},
    {0x0399, "I"},
    {0x039A, "K"},
    {0x039B, "\\Lambda"},
    {0x039C, "M"},
    {0x039D, "N"},
    {0x039E, "\\Xi"},
    {0x039F, "O"},
    {0x03A0, "\\Pi"},
    {0x03A1, "P"},
    {0x03A4, "T"},
    {0x03A5, "\\Upsilon"},
    {0x03A6, "\\Phi"},
    {0x03A7, "X"},
    {0x03A8, "\\Psi"},
    {0x03AA, "\\ddot{I}"},
    {0x03AB, "\\ddot{\\Upsilon}"},
    {0x03AC, "\\acute{\\alpha}"},
    {0x03AD, "\\acute{\\varepsilon}"},
    {0x03AE, "\\acute{\\eta}"},
    {0x03AF, "\\acute{\\iota}"},
    {0x03B0, "\\acute{\\ddot{\\upsilon}}"},
    {0x03B6, "\\zeta"},
    {0x03B9, "\\iota"},
    {0x03BE, "\\xi"},
    {0x03BF, "o"},
    {0x03C2, "\\varsigma"},
    {0x03C5, "\\upsilon"},
    {0x03C7, "\\chi"},
    {0x03CA, "\\ddot{\\iota}"},
    {0x03CB, "\\ddot{\\upsilon}"},
    {0x03CC, "\\acute{o}"},
    {0x03CD, "\\acute{\\upsilon}"},
    {0x03CE, "\\acute{\\omega}"},
    {0x03D1, "\\vartheta"},
    {0x03D5, "\\phi"},
    {0x03F5, "\\epsilon"},
    {0x2033, "''"},
    {0x207A, "^{+}"},
    {0x207B, "^{-}"},
    {0x2126, "\\Omega"},
    {0x212B, "\\mathring{\\mathrm{A}}"},
    {0x2206, "\\Delta"},
    {0x2219, "\\cdot"},
    {0x223C, "\\sim"},
    {0x2299, "\\odot"},
};

// Accents that follow their letter, as they stand in text that a Mac decomposed.
constexpr LetterTex kAccents[] = {
    {0x0300, "\\`"}, {0x0301, "\\'"},  {0x0302, "\\^"}, {0x0303, "\\~"}, {0x0304, "\\="}, {0x0306, "\\u"},
    {0x0307, "\\."}, {0x0308, "\\\""}, {0x030A, "\\r"}, {0x030B, "\\H"}, {0x030C, "\\v"},
};

template <std::size_t N>
std::string_view found_in(const LetterTex (&letters)[N], char32_t letter) {
  const auto* it = std::ranges::find(letters, letter, &LetterTex::letter);
  return it == std::end(letters) ? std::string_view() : it->tex;
}

bool only_in_t1(char32_t letter) {
  constexpr std::array<char32_t, 22> kLetters = {
      0x00AB, 0x00BB, 0x00D0, 0x00DE, 0x00F0, 0x00FE, 0x0104, 0x0105, 0x0110, 0x0111, 0x0118,
      0x0119, 0x012E, 0x012F, 0x014A, 0x014B, 0x0172, 0x0173, 0x201A, 0x201E, 0x2039, 0x203A};
  return std::ranges::find(kLetters, letter) != kLetters.end();
}

// What LaTeX knows by itself since 2018, in the encoding that it begins with or in T1.
bool is_known(char32_t letter) {
  if (letter < 0x80 || only_in_t1(letter)) return true;
  constexpr std::array<char32_t, 9> kHoles = {0x0126, 0x0127, 0x0138, 0x013F, 0x0140,
                                              0x0149, 0x0166, 0x0167, 0x017F};
  if (letter >= 0xA0 && letter <= 0x17F) return std::ranges::find(kHoles, letter) == kHoles.end();
  constexpr std::array<char32_t, 20> kSigns = {0x0218, 0x0219, 0x021A, 0x021B, 0x1E9E, 0x2010, 0x2011,
                                               0x2012, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D,
                                               0x2020, 0x2021, 0x2022, 0x2026, 0x20AC, 0x2122};
  return std::ranges::find(kSigns, letter) != kSigns.end();
}

std::string mathematics(char32_t letter) {
  if (const std::string_view tex = found_in(kMathematics, letter); !tex.empty()) return std::string(tex);
  const auto digit = [&](char32_t zero) { return std::string(1, static_cast<char>('0' + (letter - zero))); };
  if (letter == 0x2070 || (letter >= 0x2074 && letter <= 0x2079)) return "^{" + digit(0x2070) + "}";
  if (letter >= 0x2080 && letter <= 0x2089) return "_{" + digit(0x2080) + "}";
  return {};
}

// Defines the macro in which LaTeX stores the meaning of a character.
std::string definition(std::string_view character, const std::string& meaning) {
  return "\\expandafter\\providecommand\\csname u8:\\detokenize{" + std::string(character) + "}\\endcsname{" +
         meaning + "}\n";
}

const std::string kBox = "\\leavevmode\\hbox{\\vrule\\vbox{\\hrule width.5em\\kern.6em\\hrule}\\vrule}";

template <class Wanted>
std::string unknown_letters(std::string_view text, const Wanted& wanted) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    const std::string_view letter = text.substr(i, point.length);
    const bool unknown = point.value != CodePoint::kNone && !is_known(point.value) && wanted(point.value);
    if (unknown && out.find(letter) == std::string::npos) out += letter;
    i += point.length;
  }
  return out;
}

}  // namespace

std::string tex_letter(std::string_view character) {
  const char32_t letter = code_point_at(character, 0).value;
  if (only_in_t1(letter)) return "{\\fontencoding{T1}\\selectfont " + std::string(character) + "}";
  const std::string tex = letter < 0x80 ? std::string() : mathematics(letter);
  return tex.empty() ? std::string(character) : "$" + tex + "$";
}

std::string letters_beyond_tex(std::string_view text) {
  return unknown_letters(text, [](char32_t letter) { return found_in(kAccents, letter).empty(); });
}

std::string tex_letter_definitions(std::string_view tex) {
  const std::string letters = unknown_letters(tex, [](char32_t) { return true; });
  std::string out;
  for (std::size_t i = 0; i < letters.size();) {
    const CodePoint point = code_point_at(letters, i);
    const std::string_view accent = found_in(kAccents, point.value);
    out += definition(std::string_view(letters).substr(i, point.length),
                      accent.empty() ? kBox : "\\llap{" + std::string(accent) + "{}}");
    i += point.length;
  }
  return out;
}

}  // namespace iem
