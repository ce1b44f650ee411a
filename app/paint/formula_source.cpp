#include "app/paint/formula_source.h"

#include <atom/atom_char.h>
#include <core/formula.h>
#include <macro/macro.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "core/base/utf8.h"

namespace iem::paint {
namespace {

constexpr int kDeepest = 60;

// How many arguments each takes is in MicroTeX's table.
constexpr std::string_view kCommands[] = {
    // fractions, roots, stacks
    "frac", "tfrac", "dfrac", "binom", "sqrt", "overset", "underset", "stackrel",
    // fonts and words
    "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "mathscr", "mathfrak", "mathbb",
    "boldsymbol", "text", "mbox", "textrm", "textbf", "textit", "textsf", "texttt", "operatorname",
    // accents
    "hat", "widehat", "tilde", "widetilde", "bar", "vec", "dot", "ddot", "check", "breve", "acute", "grave",
    "mathring", "not", "overline", "underline", "overbrace", "underbrace", "overrightarrow", "overleftarrow",
    // kinds of atoms
    "mathop", "mathrel", "mathbin", "mathord", "mathopen", "mathclose", "limits", "nolimits", "phantom",
    "hphantom", "vphantom", "surd",
    // styles, sizes of delimiters
    "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "big", "Big", "bigg", "Bigg", "bigl",
    "Bigl", "bigr", "Bigr",
    // spaces
    ",", ":", ";", "!", "quad", "thinspace", "medspace", "thickspace", "negthinspace", "nbsp", "underscore"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

bool is_symbol(const std::string& name) {
  return microtex::Formula::get(name) != nullptr || microtex::SymbolAtom::get(name) != nullptr;
}

// Recursive descent; every function returns false at the first thing that is not allowed, and may then stand
// anywhere.
class Reader {
 public:
  explicit Reader(std::string_view tex) : tex_(tex) {}

  bool all() { return sequence(End::end); }

 private:
  enum class End { end, brace, bracket, right };  // what closes a sequence; it is consumed

  bool sequence(End end) {
    if (++depth_ > kDeepest) return false;
    for (bool first = true;; first = false) {
      skip_blanks();
      if (at_end()) return --depth_, end == End::end;
      if (closes(end)) return --depth_, true;
      if (!piece(first)) return false;
    }
  }

  bool closes(End end) {
    const std::string_view word = end == End::brace ? "}" : end == End::bracket ? "]" : "\\right";
    if (end == End::end || !tex_.substr(at_).starts_with(word)) return false;
    if (end == End::right && at_ + word.size() < tex_.size() && is_letter(tex_[at_ + word.size()]))
      return false;
    at_ += word.size();
    return true;
  }

  bool piece(bool first) {
    const char c = tex_[at_];
    if (c == '^' || c == '_') return ++at_, script();
    if (c == '\\') return ++at_, command(true);
    if (c == '\'') return ++at_, !first;  // a prime belongs to what stands before it
    return argument();
  }

  // A group, a command with its own arguments, or a character.
  bool script() {
    skip_blanks();
    if (!at_end() && tex_[at_] == '\\') return ++at_, command(false);
    return argument();
  }

  // A group, a symbol or a character. A command with arguments must be in a group: MicroTeX would rewrite it
  // for the outer command without its empty arguments, and then read past the end of the source for the
  // missing ones.
  bool argument() {
    skip_blanks();
    if (at_end()) return false;
    const char c = tex_[at_];
    if (c == '{') return ++at_, sequence(End::brace);
    if (c == '\\') {
      ++at_;
      const std::string word = name();
      return microtex::MacroInfo::get(word) == nullptr && !word.empty() && is_symbol(word);
    }
    if (std::string_view("}^_&#%$\"`'").find(c) != std::string_view::npos) return false;
    const CodePoint point = code_point_at(tex_, at_);
    at_ += point.length;
    return is_visible(point.value);
  }

  std::string name() {
    std::size_t end = at_;
    while (end < tex_.size() && is_letter(tex_[end])) ++end;
    if (end == at_ && end < tex_.size()) ++end;
    const std::string_view out = tex_.substr(at_, end - at_);
    at_ = end;
    return std::string(out);
  }

  bool command(bool allow_left) {
    const std::string word = name();
    if (word == "left") return allow_left && delimiter() && sequence(End::right) && delimiter();
    if (std::find(std::begin(kCommands), std::end(kCommands), word) == std::end(kCommands))
      return microtex::MacroInfo::get(word) == nullptr && !word.empty() && is_symbol(word);
    const microtex::MacroInfo* macro = microtex::MacroInfo::get(word);
    if (macro == nullptr) return is_symbol(word);
    if (macro->opt == 1 && !option()) return false;
    for (int i = 0; i < macro->argc; ++i)
      if (!argument()) return false;
    return true;
  }

  // [...] or nothing.
  bool option() {
    skip_blanks();
    if (at_end() || tex_[at_] != '[') return true;
    ++at_;
    return sequence(End::bracket);
  }

  // A character, or a symbol as \{ or \langle are.
  bool delimiter() {
    skip_blanks();
    if (at_end() || tex_[at_] == '{' || tex_[at_] == '}') return false;
    return argument();
  }

  bool at_end() const { return at_ >= tex_.size(); }
  void skip_blanks() {
    while (!at_end() && is_blank(tex_[at_])) ++at_;
  }

  std::string_view tex_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

bool is_safe_formula(std::string_view tex) {
  return tex.size() <= kLongestFormula && invalid_utf8(tex) == tex.size() && Reader(tex).all();
}

}  // namespace iem::paint
