// The blocks of a Markdown text, before they are set in lines.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace iem::paint {

// What is not broken: a word, or a formula. Atoms without a blank before them stay with the one before.
struct DocumentAtom {
  std::string text;
  bool formula = false, bold = false, code = false;
  bool after_blank = false, new_line = false;
  int link = -1;
};

struct DocumentBlock {
  enum class Kind : unsigned char { paragraph, heading, item, display, code, rule };
  Kind kind = Kind::paragraph;
  int depth = 0;                    // of lists
  std::string bullet;               // of an item's first block: a dot, or "3."
  std::vector<DocumentAtom> atoms;  // of a display: one formula
};

struct DocumentBlocks {
  std::vector<DocumentBlock> blocks;
  std::vector<std::string> links;
};

DocumentBlocks read_document(std::string_view markdown);

}  // namespace iem::paint
