// Markdown set in lines: what stands where, and that nothing is wider than the page.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "app/paint/document/document.h"
#include "app/paint/document/document_words.h"
#include "core/lesson/lessons.h"
#include "core/lesson/text_parts.h"
#include "tests/app/recording_canvas.h"

namespace iem::paint {
namespace {

Document set(const std::string& markdown, double width = 304) {
  RecordingCanvas canvas;
  DocumentStyle style;
  style.width_px = width;
  return set_document(markdown, style, canvas);
}

std::string words_of(const Document& document) {
  std::string out;
  for (const DocumentPiece& piece : document.pieces) out += (out.empty() ? "" : " ") + piece.text;
  return out;
}

TEST(Document, SetsWordsInLinesOfThePagesWidth) {
  const Document document = set("One two three four five six seven eight nine ten eleven twelve.", 120);
  ASSERT_EQ(document.pieces.size(), 12u);
  EXPECT_EQ(document.pieces.front().at.x, 0);
  EXPECT_GT(document.pieces.back().at.y, document.pieces.front().at.y + 22);
  for (const DocumentPiece& piece : document.pieces) EXPECT_LE(piece.at.x + piece.width, 120);
  EXPECT_GE(document.height, document.pieces.back().at.y);
}

TEST(Document, EndsItsFirstLinesBehindAWordWhereMoreFollows) {
  RecordingCanvas canvas;
  DocumentStyle style;
  style.width_px = 120;
  const std::string words = "One two, three, four, five, six, seven, eight, nine, ten, eleven, twelve.";
  const Document whole = set_document(words, style, canvas);
  const std::size_t lines = count_lines(whole);
  ASSERT_GT(lines, 2u);
  EXPECT_EQ(words_of(first_lines(whole, lines, style, canvas)), words) << "all of it has room";
  const Document cut = first_lines(whole, 2, style, canvas);
  EXPECT_EQ(count_lines(cut), 2u);
  EXPECT_LE(cut.height, 2 * style.line_px + 1);
  const std::string said = words_of(cut);
  ASSERT_TRUE(said.ends_with("…")) << said;
  const std::string before = said.substr(0, said.size() - std::string("…").size());
  EXPECT_TRUE(words.starts_with(before + ",")) << "a whole word, without its comma: " << said;
  for (const DocumentPiece& piece : cut.pieces) EXPECT_LE(piece.at.x + piece.width, 120) << piece.text;
}

TEST(Document, EndsBehindAFormulaWithoutTheSignBehindIt) {
  RecordingCanvas canvas;
  DocumentStyle style;
  style.width_px = 304;
  const Document cut =
      first_lines(set_document("a share $r_j$,\n\nand more", style, canvas), 1, style, canvas);
  EXPECT_EQ(words_of(cut), "a share r_j …");
}

TEST(Document, KeepsAFormulaWithTheSignsBehindIt) {
  const Document document = set("a share $r_j$, which", 60);
  const auto formula = std::ranges::find(document.pieces, std::string("r_j"), &DocumentPiece::text);
  ASSERT_NE(formula, document.pieces.end());
  EXPECT_TRUE(formula->formula);
  EXPECT_EQ((formula + 1)->text, ",");
  EXPECT_EQ((formula + 1)->at.y, formula->at.y);
  EXPECT_EQ((formula + 1)->at.x, formula->at.x + formula->width);
}

TEST(Document, CentresADisplayedFormulaBetweenItsParagraphs) {
  const Document document = set("Before\n\n$$x = \\frac{a}{b}$$\n\nafter");
  ASSERT_EQ(document.pieces.size(), 3u);
  const DocumentPiece& formula = document.pieces[1];
  EXPECT_NEAR(formula.at.x + 0.5 * formula.width, 152, 0.5);
  EXPECT_LT(document.pieces[0].at.y, formula.at.y);
  EXPECT_LT(formula.at.y, document.pieces[2].at.y);
}

TEST(Document, KnowsListsEmphasisCodeAndLinks) {
  const DocumentBlocks read = read_document("1. *one*\n2. `two`\n\n- [three](key:model.temperature)\n");
  ASSERT_EQ(read.blocks.size(), 3u);
  EXPECT_EQ(read.blocks[0].bullet, "1.");
  EXPECT_EQ(read.blocks[1].bullet, "2.");
  EXPECT_TRUE(read.blocks[0].atoms.at(0).bold);
  EXPECT_TRUE(read.blocks[1].atoms.at(0).code);
  EXPECT_EQ(read.blocks[2].atoms.at(0).link, 0);
  EXPECT_EQ(read.links, std::vector<std::string>{"key:model.temperature"});
}

TEST(Document, FindsTheLinkUnderAPlace) {
  const std::string markdown = "See [the square](prototype:2) there.";
  const Document document = set(markdown);
  const auto square = std::ranges::find(document.pieces, std::string("square"), &DocumentPiece::text);
  ASSERT_NE(square, document.pieces.end());
  EXPECT_EQ(link_at(document, {}, {square->at.x + 3, square->at.y - 4}), 0);
  EXPECT_EQ(link_at(document, {}, {1, square->at.y - 4}), -1);
}

TEST(Document, ReadsWhateverItIsGiven) {
  for (const char* odd : {"", "\n\n\n", "$", "$$", "[", "](", "*", "- ", "1.", "````", "# ", "> > >", "\\",
                          "<b>x</b>", "&nope;"})
    EXPECT_GE(set(odd).height, 0) << odd;
  EXPECT_EQ(words_of(set("a <b>x</b> &amp; y")), "a <b>x</b> & y");
}

// At the width of the reader every word and formula of every lesson has room.
TEST(Document, HoldsEveryPageOfEveryLesson) {
  std::size_t pieces = 0;
  for (const Lesson& lesson : lessons())
    for (const LessonPage& page : lesson.pages)
      for (const LessonText* text : {&page.body, &page.reveal, &page.notes}) {
        const Document document = set(awaited_markdown(text->markdown));
        pieces += document.pieces.size();
        for (const DocumentPiece& piece : document.pieces)
          EXPECT_LE(piece.at.x + piece.width, 304.5)
              << lesson.id << ", " << page.heading << ": " << piece.text;
      }
  EXPECT_GT(pieces, 100u);
}

}  // namespace
}  // namespace iem::paint
