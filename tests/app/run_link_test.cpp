// The link of a figure to its run: the line, the code, where they stand, and what they lead to.
#include "app/export/link/run_link.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>
#include <string>

#include "app/export/writers.h"
#include "core/base/error.h"
#include "core/figure/furniture.h"
#include "core/labs/registry.h"
#include "iem_version.h"
#include "tests/app/command.h"
#include "tests/app/latex.h"
#include "tests/app/recording_canvas.h"
#include "tests/app/sample_figures.h"
#include "tests/app/titled.h"
#include "tests/core/error_of.h"
#include "tests/core/nasty_strings.h"

namespace iem::test {
namespace {

const std::string kPage = "https://example.org/iemlab/";
// Every mark that an address may have.
const std::string kMarked = "https://e.org/a&b'c(d)$e;f=g,h+i!j*k@l~m_n%20[o]-p?q:r";

std::string long_state(std::size_t length) {
  std::string out = "iem1:";
  for (unsigned i = 1; out.size() < length; i = i * 1103515245U + 12345U) out += "aB3_-xQ7"[i >> 29];
  return out;
}

Config asking(const std::string& link, const std::string& qr) {
  const Lab& lab = *find_lab("mixture");
  Config out(lab.id(), lab.parameters());
  out.set(kLinkKey, link, {"s.toml", 3, 1});
  out.set(kCodeKey, qr, {"s.toml", 4, 1});
  return out;
}

ExportOptions linked(std::size_t length, double width_cm) {
  ExportOptions out;
  out.width_cm = width_cm;
  out.link = run_link(asking(kPage, "on"), "", long_state(length));
  return out;
}

TEST(run_link, leads_to_the_page_that_is_said_or_to_the_programs_own) {
  EXPECT_EQ(run_link(asking("off", "off"), kPage, "iem1:x").address, "");
  EXPECT_EQ(run_link(asking("on", "off"), kPage, "iem1:x").address, kPage + "#iem1:x");
  const RunLink other = run_link(asking("http://localhost:8000/", "off"), kPage, "iem1:x");
  EXPECT_EQ(other.address, "http://localhost:8000/#iem1:x");
  EXPECT_TRUE(other.in_words);
  EXPECT_EQ(other.code.side, 0);
  const RunLink coded = run_link(asking("off", "on"), kPage, "iem1:x");
  EXPECT_EQ(coded.address, kPage + "#iem1:x");
  EXPECT_FALSE(coded.in_words);
  EXPECT_GE(coded.code.side, 21);
  EXPECT_EQ(error_of([] { run_link(asking("on", "off"), "", "iem1:x"); }),
            "s.toml:3:1: paper.link = \"on\": this program does not know where its page is: give an address "
            "as the link");
  EXPECT_NE(error_of([] { run_link(asking("off", "on"), "", "iem1:x"); }).find("s.toml:4:1: paper.qr"),
            std::string::npos);
  EXPECT_NE(error_of([] { run_link(asking("on", "on"), kPage, ""); }).find("too long for a link"),
            std::string::npos);
}

TEST(run_link, too_long_for_a_code_says_so) {
  const std::size_t most = kLongestInCode - kPage.size() - 1;
  EXPECT_EQ(run_link(asking(kPage, "on"), "", long_state(most)).code.side, 125);
  const RunLink longer = run_link(asking(kPage, "on"), "", long_state(most + 1));
  EXPECT_EQ(longer.code.side, 0);
  EXPECT_EQ(longer.remark,
            "the link of this run has 1466 characters, and a small code holds 1465: the figure is without "
            "one");
}

TEST(run_link, takes_no_address_that_could_mean_something_else) {
  for (std::string nasty : nasty_bytes())
    for (const std::string& address : {nasty, kPage + nasty}) {
      const std::string complaint = error_of([&] { asking(address, "off"); });
      EXPECT_EQ(complaint.find('\n'), std::string::npos);
      // What is taken has no space, no quotes, no braces, no backslash, and nothing beyond ASCII.
      if (complaint.empty())
        EXPECT_TRUE(std::ranges::all_of(address, [](char c) {
          return c > ' ' && c < 0x7f && std::string("\"<>\\^`{|}#").find(c) == std::string::npos;
        })) << address;
    }
  for (const char* wrong : {"", "example.org", "https://", "javascript:alert(1)", "https://e.org/#x", "ON"})
    EXPECT_NE(error_of([&] { asking(wrong, "off"); }).find("must be on, off or an address"),
              std::string::npos)
        << wrong;
  EXPECT_EQ(run_link(asking(kMarked, "off"), "", "iem1:x").address, kMarked + "#iem1:x");
}

// The dark squares of the code of an SVG, from its path alone.
std::set<std::pair<int, int>> squares_of_svg(const std::string& svg, double square) {
  std::size_t at = svg.find(" d=\"", svg.find("<g id=\"code\">")) + 4;
  std::string path = svg.substr(at, svg.find('"', at) - at);
  std::vector<paint::PxRect> rects;
  for (char& c : path)
    if (std::string("MHVZ").find(c) != std::string::npos) c = ' ';
  std::istringstream numbers(path);
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0, back = 0, left = 1e9, top = 1e9;
  while (numbers >> x0 >> y0 >> x1 >> y1 >> back) {
    EXPECT_EQ(back, x0);
    rects.push_back({x0, y0, x1, y1});
    left = std::min(left, x0), top = std::min(top, y0);
  }
  std::set<std::pair<int, int>> out;
  for (const paint::PxRect& r : rects) {
    const double x = (r.x0 - left) / square, y = (r.y0 - top) / square;
    EXPECT_NEAR(x, std::round(x), 1e-9 + 0.001 / square);
    EXPECT_NEAR(r.height(), square, 1e-9);
    for (int i = 0; i < std::lround(r.width() / square); ++i) out.emplace(std::lround(x) + i, std::lround(y));
  }
  return out;
}

std::set<std::pair<int, int>> squares_of(const QrCode& code) {
  std::set<std::pair<int, int>> out;
  for (int y = 0; y < code.side; ++y)
    for (int x = 0; x < code.side; ++x)
      if (code.is_dark(x, y)) out.emplace(x, y);
  return out;
}

TEST(run_link, is_drawn_square_for_square) {
  for (const std::size_t length : {300, 900, 1400})
    for (const double type : {7.0, 9.0}) {
      Figure figure = sample_loss();
      figure.paper.type_pt = type;
      const ExportOptions options = linked(length, 12);
      const paint::Page page = page_of(figure, options);
      EXPECT_EQ(squares_of_svg(figure_as_svg(figure, options), page.link.square_px),
                squares_of(options.link.code))
          << length;
      const double cm = page.link.square_px / paint::PaperScale::of_type(type).px_per_cm();
      EXPECT_GE(cm, 0.02) << "can be read";
      EXPECT_LE(cm * (options.link.code.side + 2 * kQuietZone), 2.7) << "is small";
    }
}

// Found in the picture without knowing where it was put: nothing else stands so low.
TEST(run_link, is_whole_pixels_in_a_picture) {
  Figure figure = sample_loss();
  figure.caption.clear();
  for (const paint::ThemeId theme : {paint::ThemeId::light, paint::ThemeId::dark, paint::ThemeId::print})
    for (const double dpi : {150.0, 300.0, 431.0}) {
      ExportOptions options = linked(700, 10);
      options.link.in_words = false;
      options.dpi = dpi;
      options.theme = theme;
      const paint::Image image = render_figure(figure, options);
      const auto value = [&](int x, int y) { return image.rgba[4U * (std::size_t(y) * image.width + x)]; };
      const QrCode& code = options.link.code;
      const bool on_plate = theme == paint::ThemeId::dark;
      const auto is_dark = [&](int x, int y) { return value(x, y) < 100; };
      // Upwards from the foot: the plate of a dark page begins with light pixels.
      int bottom = image.height - 1, x0 = 0;
      const auto first_in = [&](int y, bool dark) {
        for (int x = 0; x < image.width; ++x)
          if (is_dark(x, y) == dark) return x;
        return -1;
      };
      int quiet = 0;
      if (on_plate) {
        while (first_in(bottom, false) < 0) --bottom;
        const int left = first_in(bottom, false);
        while (is_dark(left + quiet, bottom - quiet) == false) ++quiet;
        x0 = left + quiet, bottom -= quiet;
      } else {
        while (first_in(bottom, true) < 0) --bottom;
        x0 = first_in(bottom, true);
      }
      int run = 0;  // the lower left finder is seven squares wide
      while (is_dark(x0 + run, bottom)) ++run;
      ASSERT_EQ(run % 7, 0) << dpi;
      const int square = run / 7, top = bottom + 1 - square * code.side;
      if (on_plate) EXPECT_EQ(quiet, kQuietZone * square);
      std::set<std::pair<int, int>> read;
      std::set<int> values;
      for (int y = 0; y < code.side * square; ++y)
        for (int x = 0; x < code.side * square; ++x) {
          values.insert(value(x0 + x, top + y));
          if (is_dark(x0 + x, top + y)) read.emplace(x / square, y / square);
        }
      EXPECT_EQ(read, squares_of(code)) << dpi;
      EXPECT_EQ(values.size(), 2U) << "no square is smeared over pixels";
    }
}

paint::PxRect with_quiet_zone(const paint::PageLink& link) {
  const double quiet = kQuietZone * link.square_px, side = link.code.side * link.square_px;
  return {link.corner.x - side - quiet, link.corner.y - quiet, link.corner.x + quiet,
          link.corner.y + side + quiet};
}

TEST(run_link, lies_over_nothing) {
  for (const Figure& sample : sample_figures())
    for (const bool captioned : {true, false})
      for (const double width : {6.0, 8.5, 17.0})
        for (const double height : {0.0, 14.0}) {
          Figure figure = sample;
          if (!captioned) figure.caption.clear();
          ExportOptions options = linked(1100, width);
          options.height_cm = height;
          const paint::Page page = page_of(figure, options);
          paint::RecordingCanvas canvas;
          paint::PaintOptions paint;
          paint.place_labels = true;
          paint.image_density = 0.1;
          paint::draw_page(page, paint::theme(paint::ThemeId::light), false, canvas, paint);
          const std::size_t others = canvas.words.size();
          paint::draw_link_words(page.link, paint::theme(paint::ThemeId::light), canvas);
          ASSERT_EQ(canvas.words.size(), others + 1);
          const paint::PxRect code = with_quiet_zone(page.link), line = canvas.words.back().rect;
          const std::string where = figure.id + " " + std::to_string(width) + " " + std::to_string(height);
          EXPECT_TRUE(code.x0 >= 0 && code.x1 <= page.width_px && code.y1 <= page.height_px) << where;
          EXPECT_TRUE(line.x1 <= page.width_px && line.y1 <= page.height_px) << where;
          for (const paint::Page::Cell& cell : page.cells) {
            EXPECT_FALSE(code.overlaps(cell.plot) || line.overlaps(cell.plot)) << where;
            EXPECT_LE(page.link.corner.x, page.width_px - page.room.right + 0.01) << where;
          }
          for (std::size_t i = 0; i <= others; ++i)
            EXPECT_FALSE(code.overlaps(canvas.words[i].rect)) << where << " " << canvas.words[i].text;
          for (std::size_t i = 0; i < others; ++i)
            EXPECT_FALSE(line.overlaps(canvas.words[i].rect)) << where << " " << canvas.words[i].text;
          if (height > 0) EXPECT_NEAR(page.height_px, height * paint::kPxPerCm, 1) << where;
        }
}

TEST(run_link, takes_nothing_where_there_is_none) {
  const Figure figure = sample_loss();
  const paint::Page page = page_of(figure, {});
  EXPECT_EQ(page.link.address, "");
  EXPECT_EQ(figure_as_svg(figure, {}).find("<a "), std::string::npos);
  EXPECT_EQ(error_of([&] { page_of(figure, linked(1100, 3)); }),
            "the page is too narrow for the code of its link");
}

// What the file leads to.
std::string href_of(const std::string& svg) {
  const std::size_t at = svg.find("<a href=\"") + 9;
  return xml_read(svg.substr(at, svg.find('"', at) - at));
}

TEST(run_link, opens_the_same_run) {
  const Folder folder;
  const Outcome made = iemlab(
      folder, {"run",        "penguins", "--steps",    "7",          "--json",     "--link",     kPage,
               "--qr",       "on",       "--figure",   "loss=f.svg", "--figure",   "loss=f.pdf", "--figure",
               "loss=f.png", "--figure", "loss=f.eps", "--figure",   "loss=f.csv", "--width-cm", "8.5"});
  ASSERT_EQ(made.code, 0) << made.err;
  const std::string link = href_of(folder.read("f.svg"));
  ASSERT_TRUE(link.starts_with(kPage + "#iem1:")) << link;
  const Outcome opened = iemlab(folder, {"run", link.substr(kPage.size() + 1), "--steps", "0", "--json"});
  ASSERT_EQ(opened.code, 0) << opened.err;
  EXPECT_EQ(opened.json()["hash"], made.json()["hash"]);
  EXPECT_EQ(folder.read("f.csv").find("iem1:"), std::string::npos);
  if (has_tool("pdfinfo")) {
    const Outcome urls = shell(folder, "pdfinfo -url f.pdf");
    EXPECT_NE(urls.out.find(link), std::string::npos) << urls.out;
  }
  if (!has_tool("zbarimg")) GTEST_SKIP() << "no zbarimg here to read the code";
  const auto reads = [&](const std::string& file) {
    EXPECT_EQ(shell(folder, "zbarimg -q --raw " + file + " 2> /dev/null").out, link + "\n") << file;
  };
  reads("f.png");
  if (has_tool("pdftoppm") && shell(folder, "pdftoppm -r 600 -png f.pdf page").code == 0) reads("page-1.png");
  if (has_tool("rsvg-convert") && shell(folder, "rsvg-convert -z 6 f.svg -o s.png").code == 0) reads("s.png");
}

TEST(run_link, is_the_same_address_in_every_format) {
  const Folder folder;
  const Outcome made = iemlab(
      folder, {"run", "three_blobs", "--steps", "2", "--quiet", "--link", kMarked, "--qr", "on", "--theme",
               "dark", "--figure", "loss=f.svg", "--figure", "loss=f.pdf", "--figure", "loss=f.tex"});
  ASSERT_EQ(made.code, 0) << made.err;
  const std::string link = href_of(folder.read("f.svg"));
  EXPECT_TRUE(link.starts_with(kMarked + "#iem1:")) << link;
  if (has_tool("xmllint")) EXPECT_EQ(shell(folder, "xmllint --noout --nonet f.svg").code, 0);
  if (has_tool("pdfinfo")) {
    const Outcome urls = shell(folder, "pdfinfo -url f.pdf");
    EXPECT_NE(urls.out.find(link), std::string::npos) << urls.out;
  }
  for (const std::string& line : lines_of(folder.read("f.tex"))) EXPECT_LT(line.size(), 3000U);
  EXPECT_NE(folder.read("f.tex").find("\\begin{scope}"), std::string::npos);
  if (!has_latex(folder)) GTEST_SKIP() << "no LaTeX here to read it";
  const Outcome read = latex(folder, "f.tex");
  ASSERT_EQ(read.code, 0) << read.out;
  if (has_tool("zbarimg") && has_tool("pdftoppm") && shell(folder, "pdftoppm -r 600 -png f.pdf t").code == 0)
    EXPECT_EQ(shell(folder, "zbarimg -q --raw t-1.png 2> /dev/null").out, link + "\n");
}

TEST(run_link, that_cannot_be_is_said_before_the_run) {
  const Folder folder;
  const Outcome refused =
      iemlab(folder, {"run", "nowhere", "--link", "example.org", "--figure", "loss=x.svg"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.err,
            "iemlab: --link: paper.link = \"example.org\": must be on, off or an address such as "
            "https://example.org/iemlab/\n");
  if (kLinkBase.empty()) {
    const Outcome homeless =
        iemlab(folder, {"run", "three_blobs", "--quiet", "--link", "on", "--figure", "loss=x.svg"});
    EXPECT_EQ(homeless.code, 2);
    EXPECT_NE(homeless.err.find("does not know where its page is"), std::string::npos) << homeless.err;
    EXPECT_FALSE(folder.has("x.svg"));
  }
  const Outcome film = iemlab(folder, {"run", "three_blobs", "--steps", "2", "--quiet", "--link", kPage,
                                       "--animate", "loss=a.gif", "--width-cm", "4"});
  EXPECT_EQ(film.code, 0);
  EXPECT_EQ(film.err, "iemlab: note: --link: a film has no link\n");
  EXPECT_EQ(iemlab(folder, {"page", "p.toml", "-o", "p.svg", "--link", kPage}).code, 2);
}

TEST(run_link, too_long_for_a_code_leaves_the_figure_without) {
  const Folder folder;
  folder.write("long.toml", "description = \"" + long_state(4000) + "\"\n" + small_scene());
  const Outcome made = iemlab(folder, {"run", "long.toml", "--steps", "1", "--quiet", "--link", kPage, "--qr",
                                       "on", "--figure", "loss=f.svg", "--figure", "stage=g.png"});
  EXPECT_EQ(made.code, 0);
  EXPECT_TRUE(made.err.starts_with("iemlab: note: the link of this run has ")) << made.err;
  EXPECT_EQ(lines_of(made.err).size(), 1U) << made.err;
  EXPECT_EQ(folder.read("f.svg").find("id=\"code\""), std::string::npos);
  EXPECT_TRUE(href_of(folder.read("f.svg")).starts_with(kPage));
}

}  // namespace
}  // namespace iem::test
