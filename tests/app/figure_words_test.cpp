// Figures of every lab, whatever their scene and their columns are called, in every format.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/export/escape.h"
#include "app/export/writers.h"
#include "core/base/text.h"
#include "core/figure/caption.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/session/scene_file.h"
#include "core/session/state_string.h"
#include "tests/app/command.h"
#include "tests/app/titled.h"
#include "tests/core/nasty_strings.h"
#include "tests/support/small_atlas.h"

namespace iem::test {
namespace {

void expect_svg(const Folder& folder, const std::string& svg, const std::string& title) {
  const std::size_t begin = svg.find("<desc>") + 6;
  const std::string caption = xml_read(svg.substr(begin, svg.find("</desc>") - begin));
  EXPECT_TRUE(caption.starts_with(one_line(title) + ", step ")) << caption;
  EXPECT_EQ(svg.find("<script"), std::string::npos);
  if (!has_tool("xmllint")) return;
  folder.write("f.svg", svg);
  const Outcome read = shell(folder, "xmllint --noout --nonet f.svg");
  EXPECT_EQ(read.code, 0) << title << ": " << read.err;
}

void expect_pdf(const Folder& folder, const std::string& pdf, const std::string& title) {
  EXPECT_TRUE(pdf.starts_with("%PDF"));
  if (!has_tool("pdftotext")) return;
  folder.write("f.pdf", pdf);
  const Outcome read = shell(folder, "pdftotext -enc UTF-8 f.pdf - && pdfinfo f.pdf");
  EXPECT_EQ(read.code, 0) << title << ": " << read.err;
  EXPECT_NE(read.out.find(", step "), std::string::npos);
}

void expect_png(const std::string& png, const std::string& title) {
  const std::size_t at = png.find(std::string("Description\0", 12));
  ASSERT_NE(at, std::string::npos);
  EXPECT_NE(png.find(one_line(title) + ", step ", at), std::string::npos) << title;
}

void expect_tex(const std::string& tex, const std::string& title) {
  EXPECT_NE(tex.find("{" + tex_escaped(title) + ", step "), std::string::npos) << title;
  for (const std::string& line : lines_of(tex)) EXPECT_EQ(one_line(line), line);
  for (const char* bad : {"\\immediate", "\\input", "\\openin", "\\catcode", "\\def"})
    EXPECT_EQ(tex.find(bad), std::string::npos) << bad;
}

Figure figure_of(const Lab& lab, const std::string& id, const std::string& title) {
  const auto snapshot = titled(lab.id(), title);
  const Config seen = with_small_atlas(snapshot->config());
  Figure figure = lab.figure(id, *snapshot, {seen, {}, {}});
  figure.keep.push_back(snapshot);  // its marks are spans of it
  return figure;
}

// Those that have something to show; a sentence says why not, and not of what.
std::vector<std::string> figures_of(const Lab& lab) {
  std::vector<std::string> ids;
  for (const FigureType& type : lab.figures())
    if (figure_of(lab, type.id, "Plain").sentence.empty()) ids.push_back(type.id);
  return ids;
}

std::vector<std::string> mathematics_of(const Figure& figure) {
  std::vector<std::string> out;
  for (const CaptionPart& part : caption_parts(figure.caption))
    if (part.tex) out.push_back(part.text);
  return out;
}

TEST(Figures, OfEveryLabHoldEveryTitleAsWords) {
  const Folder folder;
  ExportOptions options;
  options.dpi = 40;
  options.density = 0.5;
  options.width_cm = 6;
  options.metadata = "iem1:AbC_-9";
  // Labs take turns: what escapes a title knows none of them.
  constexpr std::size_t kLabsATitle = 2;
  std::size_t checked = 0, place = 0;
  for (const Lab* lab : labs()) {
    const std::vector<std::string> ids = figures_of(*lab);
    ASSERT_FALSE(ids.empty());
    std::size_t turn = place++;
    for (const std::string& nasty : nasty_bytes()) {
      if (turn++ % labs().size() >= kLabsATitle) continue;
      const std::string id = ids[checked++ % ids.size()];
      SCOPED_TRACE(id);
      const Figure figure = figure_of(*lab, id, nasty);
      EXPECT_EQ(mathematics_of(figure), mathematics_of(figure_of(*lab, id, "Plain")));
      const std::string svg = figure_as_svg(figure, options), pdf = figure_as_pdf(figure, options),
                        png = figure_as_png(figure, options);
      expect_svg(folder, svg, nasty);
      expect_pdf(folder, pdf, nasty);
      expect_png(png, nasty);
      expect_tex(figure_as_tex(figure, options), nasty);
      // What a title says of a state string is not the figure's own.
      for (const std::string& bytes : {svg, pdf, png})
        EXPECT_TRUE(find_state_string(bytes).starts_with(options.metadata)) << find_state_string(bytes);
    }
  }
  EXPECT_GE(checked, nasty_bytes().size() * kLabsATitle - labs().size());
}

// Names of columns stand at axes, in every format.
TEST(Figures, HoldEveryNameOfAColumnAsWords) {
  const Folder folder;
  const auto pool = std::make_shared<ThreadPool>(1);
  ExportOptions options;
  options.dpi = 40;
  options.density = 0.5;
  int named = 0;
  for (const std::string& nasty : nasty_strings()) {
    std::string quoted = "\"";
    for (const char c : nasty) quoted += c == '"' ? "\"\"" : std::string(1, c);
    folder.write("d.csv", quoted + "\",second name\n1,2\n3,4\n5,7\n2,2\n");
    const std::string scene = folder.write(
        "s.toml",
        small_scene(
            "data.source = \"csv\"\ndata.path = \"d.csv\"\nmodel.components = 2\nview.field = \"off\"\n"));
    std::shared_ptr<const Snapshot> snapshot;
    try {
      snapshot = take_snapshot(iem::Run(load_scene(scene), pool));
    } catch (const InputError& error) {
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
      continue;  // no name there
    }
    const Figure figure = find_lab("mixture")->figure("stage", *snapshot, {snapshot->config(), {}, {}});
    const std::string label = figure.panels.at(0).x.label;
    if (label.empty()) continue;
    ++named;
    const std::string svg = figure_as_svg(figure, options);
    EXPECT_EQ(svg.find("<script"), std::string::npos);
    folder.write("f.svg", svg);
    EXPECT_TRUE(!has_tool("xmllint") || shell(folder, "xmllint --noout --nonet f.svg").code == 0) << nasty;
    EXPECT_TRUE(figure_as_pdf(figure, options).starts_with("%PDF"));
    EXPECT_FALSE(figure_as_png(figure, options).empty());
    const std::string tex = figure_as_tex(figure, options);
    EXPECT_NE(tex.find(tex_escaped(label)), std::string::npos) << label;
    for (const std::string& line : lines_of(tex)) EXPECT_EQ(one_line(line), line);
    for (const char* bad : {"\\immediate", "\\input", "\\openin", "\\catcode", "\\def"})
      EXPECT_EQ(tex.find(bad), std::string::npos) << bad;
  }
  EXPECT_GE(named, 25);
}

// All figures there are: their own captions are words and mathematics, with no escape left over.
TEST(Figures, OfEverySceneHaveACaptionThatReads) {
  int checked = 0;
  for (const Lab* lab : labs()) {
    for (const std::string& id : figures_of(*lab)) {
      const Figure figure = figure_of(*lab, id, "Costs $5 to $10");
      const auto parts = caption_parts(figure.caption);
      EXPECT_FALSE(parts[0].tex) << id;
      EXPECT_TRUE(parts[0].text.starts_with("Costs $5 to $10, step 0")) << parts[0].text;
      for (const CaptionPart& part : parts)
        EXPECT_TRUE(part.tex || part.text.find('\\') == std::string::npos) << id << ": " << part.text;
      ++checked;
    }
  }
  EXPECT_GT(checked, 20);
}

}  // namespace
}  // namespace iem::test
