#include "app/paint/document/document_words.h"

#include <md4c.h>

#include <utility>

namespace iem::paint {
namespace {

// Follows md4c through the text: blocks are begun and ended, spans set what holds for the words inside.
class DocumentReader {
 public:
  DocumentBlocks take() { return std::move(out_); }

  void enter(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_UL: lists_.push_back({}); break;
      case MD_BLOCK_OL:
        lists_.push_back({static_cast<const MD_BLOCK_OL_DETAIL*>(detail)->start, true});
        break;
      case MD_BLOCK_LI:
        if (!lists_.empty())
          bullet_ = lists_.back().numbered ? std::to_string(lists_.back().next++) + "." : "\u2022";
        begin(DocumentBlock::Kind::item);
        break;
      case MD_BLOCK_P:
        begin(lists_.empty() ? DocumentBlock::Kind::paragraph : DocumentBlock::Kind::item);
        break;
      case MD_BLOCK_H: begin(DocumentBlock::Kind::heading); break;
      case MD_BLOCK_CODE: begin(DocumentBlock::Kind::code); break;
      case MD_BLOCK_HR: begin(DocumentBlock::Kind::rule), open_ = false; break;
      default: break;
    }
  }

  void leave(MD_BLOCKTYPE type) {
    if ((type == MD_BLOCK_UL || type == MD_BLOCK_OL) && !lists_.empty()) lists_.pop_back();
    open_ = open_ && type != MD_BLOCK_P && type != MD_BLOCK_H && type != MD_BLOCK_CODE && type != MD_BLOCK_LI;
  }

  void enter_span(MD_SPANTYPE type, void* detail) {
    if (type == MD_SPAN_EM || type == MD_SPAN_STRONG) ++bold_;
    if (type == MD_SPAN_CODE) ++code_;
    if (type == MD_SPAN_LATEXMATH || type == MD_SPAN_LATEXMATH_DISPLAY) formula_.clear(), in_formula_ = true;
    if (type == MD_SPAN_A) {
      const MD_ATTRIBUTE& href = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
      link_ = static_cast<int>(out_.links.size());
      out_.links.emplace_back(href.text, href.size);
    }
  }

  void leave_span(MD_SPANTYPE type) {
    if (type == MD_SPAN_EM || type == MD_SPAN_STRONG) --bold_;
    if (type == MD_SPAN_CODE) --code_;
    if (type == MD_SPAN_A) link_ = -1;
    if (type == MD_SPAN_LATEXMATH) add(std::exchange(formula_, {}), true), in_formula_ = false;
    if (type == MD_SPAN_LATEXMATH_DISPLAY) display(), in_formula_ = false;
  }

  void text(MD_TEXTTYPE type, std::string_view words) {
    if (in_formula_) {
      formula_ += type == MD_TEXT_SOFTBR || type == MD_TEXT_BR ? std::string_view(" ") : words;
      return;
    }
    if (type == MD_TEXT_SOFTBR)
      blank_ = true;
    else if (type == MD_TEXT_BR)
      new_line_ = true;
    else if (type == MD_TEXT_NULLCHAR)
      add("\uFFFD", false);
    else if (type == MD_TEXT_ENTITY)
      add(entity(words), false);
    else
      split(words);
  }

 private:
  struct List {
    unsigned next = 1;
    bool numbered = false;
  };

  void begin(DocumentBlock::Kind kind) {
    // The first paragraph of an item is the item's own block.
    if (open_ && kind == DocumentBlock::Kind::item && out_.blocks.back().atoms.empty()) return;
    DocumentBlock block;
    block.kind = kind;
    block.depth = static_cast<int>(lists_.size());
    block.bullet = std::exchange(bullet_, {});
    out_.blocks.push_back(std::move(block));
    open_ = true, blank_ = new_line_ = false;
  }

  void add(std::string word, bool formula) {
    if (!open_) begin(lists_.empty() ? DocumentBlock::Kind::paragraph : DocumentBlock::Kind::item);
    DocumentAtom atom;
    atom.text = std::move(word);
    atom.formula = formula;
    atom.bold = bold_ > 0, atom.code = code_ > 0, atom.link = link_;
    atom.after_blank = std::exchange(blank_, false), atom.new_line = std::exchange(new_line_, false);
    out_.blocks.back().atoms.push_back(std::move(atom));
  }

  // A formula on a line of its own, centred; what follows it is a paragraph again.
  void display() {
    if (open_ && out_.blocks.back().atoms.empty() && out_.blocks.back().bullet.empty())
      out_.blocks.pop_back();
    begin(DocumentBlock::Kind::display);
    add(std::exchange(formula_, {}), true);
    open_ = false;
  }

  void split(std::string_view words) {
    const bool code_block = open_ && out_.blocks.back().kind == DocumentBlock::Kind::code;
    std::string word;
    const auto end = [&] {
      if (!word.empty()) add(std::exchange(word, {}), false);
    };
    for (const char c : words) {
      if (c == '\n' && code_block)
        end(), new_line_ = true;
      else if (c == ' ' && code_block)
        word += "\u00A0";
      else if (c == ' ' || c == '\n' || c == '\t')
        end(), blank_ = true;
      else
        word += c;
    }
    end();
  }

  static std::string entity(std::string_view name) {
    constexpr std::pair<std::string_view, std::string_view> kKnown[] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", "\u00A0"}};
    for (const auto& [entity, sign] : kKnown)
      if (entity == name) return std::string(sign);
    return std::string(name);
  }

  DocumentBlocks out_;
  std::vector<List> lists_;
  std::string bullet_, formula_;
  int bold_ = 0, code_ = 0, link_ = -1;
  bool open_ = false, in_formula_ = false, blank_ = false, new_line_ = false;
};

// A line does not end inside 1.1 x 10^-16.
std::string with_whole_numbers(std::string_view markdown) {
  constexpr std::string_view kApart = " \u00D7 ", kTogether = "\u00A0\u00D7\u00A0";
  std::string out(markdown);
  for (std::size_t at = out.find(kApart); at != std::string::npos; at = out.find(kApart, at))
    out.replace(at, kApart.size(), kTogether);
  return out;
}

DocumentReader& reader(void* self) { return *static_cast<DocumentReader*>(self); }

}  // namespace

DocumentBlocks read_document(std::string_view markdown) {
  DocumentReader out;
  MD_PARSER parser{};
  parser.flags = MD_FLAG_LATEXMATHSPANS | MD_FLAG_NOHTML | MD_FLAG_COLLAPSEWHITESPACE;
  parser.enter_block = [](MD_BLOCKTYPE t, void* d, void* self) { return reader(self).enter(t, d), 0; };
  parser.leave_block = [](MD_BLOCKTYPE t, void*, void* self) { return reader(self).leave(t), 0; };
  parser.enter_span = [](MD_SPANTYPE t, void* d, void* self) { return reader(self).enter_span(t, d), 0; };
  parser.leave_span = [](MD_SPANTYPE t, void*, void* self) { return reader(self).leave_span(t), 0; };
  parser.text = [](MD_TEXTTYPE t, const MD_CHAR* text, MD_SIZE size, void* self) {
    return reader(self).text(t, {text, size}), 0;
  };
  const std::string text = with_whole_numbers(markdown);
  md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &out);
  return out.take();
}

}  // namespace iem::paint
