#include "app/export/escape.h"

#include "app/export/tex_letters.h"
#include "core/base/power_of_ten.h"
#include "core/base/text.h"
#include "core/base/utf8.h"

namespace iem {
namespace {

// Characters that Roboto has and LaTeX's text fonts lack.
struct Symbol {
  std::string_view utf8, tex;
};
Symbol symbol_at(std::string_view text) {
  static constexpr Symbol kSymbols[] = {{"\u2212", "-"},
                                        {"\u00D7", "\\times "},
                                        {"\u00B1", "\\pm "},
                                        {"\u00B7", "\\cdot "},
                                        {"\u221E", "\\infty "},
                                        {"\u2202", "\\partial "},
                                        {"\u2211", "\\sum "},
                                        {"\u2207", "\\nabla "},
                                        {"\u221A", "\\surd "},
                                        {"\u2264", "\\le "},
                                        {"\u2265", "\\ge "},
                                        {"\u2260", "\\ne "},
                                        {"\u2248", "\\approx "},
                                        {"\u2208", "\\in "},
                                        {"\u2192", "\\to "},
                                        {"\u2190", "\\leftarrow "},
                                        {"\u2032", "'"},
                                        {"\u00BD", "\\tfrac12 "},
                                        {"\u2225", "\\| "},
                                        {"\u00B2", "^2"},
                                        {"\u03B1", "\\alpha "},
                                        {"\u03B2", "\\beta "},
                                        {"\u03B3", "\\gamma "},
                                        {"\u03B4", "\\delta "},
                                        {"\u03B5", "\\varepsilon "},
                                        {"\u03B7", "\\eta "},
                                        {"\u03B8", "\\theta "},
                                        {"\u03BA", "\\kappa "},
                                        {"\u03BB", "\\lambda "},
                                        {"\u03BC", "\\mu "},
                                        {"\u00B5", "\\mu "},
                                        {"\u03BD", "\\nu "},
                                        {"\u03C0", "\\pi "},
                                        {"\u03C1", "\\rho "},
                                        {"\u03C3", "\\sigma "},
                                        {"\u03C4", "\\tau "},
                                        {"\u03C6", "\\varphi "},
                                        {"\u03C8", "\\psi "},
                                        {"\u03C9", "\\omega "},
                                        {"\u0394", "\\Delta "},
                                        {"\u03A3", "\\Sigma "},
                                        {"\u03A9", "\\Omega "}};
  for (const Symbol& symbol : kSymbols) {
    if (text.starts_with(symbol.utf8)) return symbol;
  }
  return {};
}

// Whether TeX would join two characters into one sign: -- into a dash, !` into an opening exclamation mark.
bool would_join(const std::string& before, char c) {
  if (before.empty()) return false;
  const char last = before.back();
  return (c == '-' && last == '-') || (c == ',' && last == ',') ||
         ((c == '\'' || c == '`') && (last == c || last == '!' || last == '?'));
}

// The character as TeX reads it in text, apart from quotation marks.
std::string tex_character(std::string_view bytes) {
  const char c = bytes[0];
  if (bytes == "\uFFFD") return "?";  // pdflatex stops at it
  if (c == '\\') return "\\textbackslash{}";
  // Dashes and Spanish marks in LaTeX's default encoding.
  if (c == '<' || c == '>' || c == '|') return std::string("$") + c + "$";
  if (c == '^' || c == '~') return std::string("\\") + c + "{}";
  if (std::string_view("&%$#_{}").find(c) != std::string_view::npos) return std::string("\\") + c;
  return tex_letter(bytes);
}

}  // namespace

std::string xml_escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    switch (point.value) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\n':
      case '\t': out += text[i]; break;
      default: out += one_line(text.substr(i, point.length));
    }
    i += point.length;
  }
  return out;
}

namespace {

// Words behind `out`; `quoted`: are they within quotation marks?
void add_words_as_tex(std::string& out, std::string_view words, bool& quoted) {
  for (std::size_t i = 0; i < words.size();) {
    const std::string_view rest = words.substr(i);
    if (const Symbol symbol = symbol_at(rest); !symbol.utf8.empty()) {
      out += "$" + std::string(symbol.tex) + "$";
      i += symbol.utf8.size();
      continue;
    }
    if (rest[0] == '"') {
      quoted = !quoted;
      if (would_join(out, quoted ? '`' : '\'')) out += "{}";
      out += quoted ? "``" : "''";
    } else {
      if (would_join(out, rest[0])) out += "{}";
      out += tex_character(rest.substr(0, code_point_at(words, i).length));
    }
    i += code_point_at(words, i).length;
  }
}

std::string raised_in_tex(std::string_view exponent) {
  constexpr std::string_view kMinusSign = "\u2212";
  const bool negative = exponent.starts_with(kMinusSign);
  if (negative) exponent.remove_prefix(kMinusSign.size());
  return (negative ? "$^{-" : "$^{") + std::string(exponent) + "}$";
}

}  // namespace

std::string tex_escaped(std::string_view text) {
  const std::string line = one_line(text);
  std::string out;
  bool quoted = false;
  for (const TextRun& run : text_runs(line)) {
    if (run.raised)
      out += raised_in_tex(run.text);
    else
      add_words_as_tex(out, run.text, quoted);
  }
  return out;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

}  // namespace iem
