#include "app/export/export.h"

#include <cairo.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <locale>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "app/export/escape.h"
#include "app/export/svg_canvas.h"
#include "app/export/tikz_canvas.h"
#include "app/export/writers.h"
#include "app/paint/png_file.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "tests/app/sample_figures.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

namespace fs = std::filesystem;

using test::Folder;

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

ExportOptions small() {
  ExportOptions options;
  options.width_cm = 8.5;
  options.dpi = 100;
  options.metadata = "iem1:AbC_-9";
  return options;
}

// Every tag closed in order, every attribute quoted, every id once. (By hand: std::regex recurses over a long
// attribute until the stack ends.)
void expect_well_formed(const std::string& svg) {
  std::vector<std::string> open;
  std::map<std::string, int> ids;
  for (std::size_t at = svg.find("?>"); (at = svg.find('<', at)) != std::string::npos;) {
    const std::size_t end = svg.find('>', at);
    ASSERT_NE(end, std::string::npos);
    const std::string tag = svg.substr(at + 1, end - at - 1);
    ASSERT_EQ(tag.find('<'), std::string::npos) << tag;
    ASSERT_EQ(std::count(tag.begin(), tag.end(), '"') % 2, 0) << tag;
    const std::string name = tag.substr(0, tag.find_first_of(" /", 1));
    if (tag[0] == '/') {
      ASSERT_FALSE(open.empty());
      EXPECT_EQ(open.back(), tag.substr(1));
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    if (const std::size_t id = tag.find(" id=\""); id != std::string::npos) {
      const std::string value = tag.substr(id + 5, tag.find('"', id + 5) - id - 5);
      EXPECT_EQ(++ids[value], 1) << value;
    }
    at = end;
  }
  EXPECT_TRUE(open.empty());
}

TEST(Svg, IsWellFormedWithRealTextAndMetadata) {
  Figure figure = sample_loss();
  figure.title = "Loss <of> \"J\" & more";
  ExportOptions options = small();
  options.svg_text = SvgText::real;
  const std::string svg = figure_as_svg(figure, options);
  expect_well_formed(svg);
  EXPECT_NE(svg.find("width=\"8.5cm\""), std::string::npos);
  EXPECT_NE(svg.find("<title>Loss &lt;of&gt; &quot;J&quot; &amp; more</title>"), std::string::npos);
  EXPECT_NE(svg.find(">iem1:AbC_-9</metadata>"), std::string::npos);
  EXPECT_NE(svg.find(">GD</text>"), std::string::npos);
  EXPECT_NE(svg.find("aria-label=\"\\lambda = 0.35\""), std::string::npos);
}

TEST(Svg, HasTheSameBytesWhateverWasDrawnBefore) {
  const std::string before = figure_as_svg(sample_stage(), small());
  figure_as_svg(sample_activation(), small());
  EXPECT_EQ(figure_as_svg(sample_stage(), small()), before);
}

TEST(Svg, LinesAreNeverUnder0Point4PointsNorTypeUnder7) {
  static const std::regex width(R"(stroke-width="([0-9.]+)\")"),
      size(R"(<text[^>]*font-size="([0-9.]+)\")");  // exponents (tspan) are smaller
  for (const Figure& figure : sample_figures()) {
    ExportOptions options = small();
    options.svg_text = SvgText::real;
    const std::string svg = figure_as_svg(figure, options);
    std::string strokes;  // without the rims of halos and formulas, which are not lines
    std::istringstream rows(svg);
    for (std::string row; std::getline(rows, row);) {
      if (row.find("aria-label") == std::string::npos && row.find("<circle") == std::string::npos)
        strokes += row;
    }
    for (std::sregex_iterator it(strokes.begin(), strokes.end(), width), end; it != end; ++it) {
      EXPECT_GE(std::stod((*it)[1]) * 7 / 12, 0.4 - 1e-3) << figure.id;
    }
    for (std::sregex_iterator it(svg.begin(), svg.end(), size), end; it != end; ++it) {
      EXPECT_GE(std::stod((*it)[1]) * 7 / 12, 7 - 1e-9) << figure.id;
    }
  }
}

TEST(Svg, EverySampleInEveryThemeIsWellFormed) {
  for (const Figure& figure : sample_figures()) {
    for (auto id : {paint::ThemeId::light, paint::ThemeId::dark, paint::ThemeId::print}) {
      ExportOptions options = small();
      options.theme = id;
      SCOPED_TRACE(figure.id);
      expect_well_formed(figure_as_svg(figure, options));
    }
  }
}

TEST(Pdf, EmbedsItsFontsAndSaysNoTime) {
  const std::string pdf = figure_as_pdf(sample_loss(), small());
  EXPECT_TRUE(pdf.starts_with("%PDF"));
  EXPECT_NE(pdf.find("/FontFile2"), std::string::npos);
  EXPECT_EQ(pdf.find("/Type3"), std::string::npos);
  EXPECT_NE(pdf.find("iem1:AbC_-9"), std::string::npos);
  EXPECT_NE(pdf.find("/CreationDate (20000101000000Z)"), std::string::npos);
  EXPECT_NE(pdf.find("/MediaBox [ 0 0 240.9"), std::string::npos);  // 8.5 cm in points
}

TEST(Pdf, TheSameFigureIsTheSameFile) {
  const std::string before = figure_as_pdf(sample_activation(), small());
  figure_as_pdf(sample_loss(), small());
  EXPECT_EQ(figure_as_pdf(sample_activation(), small()), before);
}

struct Chunk {
  std::string type, data;
};
std::vector<Chunk> png_chunks(const std::string& png) {
  std::vector<Chunk> chunks;
  const auto u32 = [&](std::size_t at) {
    std::uint32_t v = 0;
    for (std::size_t i = 0; i < 4; ++i) v = v << 8 | static_cast<unsigned char>(png[at + i]);
    return v;
  };
  for (std::size_t at = 8; at + 12 <= png.size();) {
    const std::uint32_t size = u32(at);
    const std::string body = png.substr(at + 4, 4 + size);
    EXPECT_EQ(u32(at + 8 + size),
              crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())));
    chunks.push_back({body.substr(0, 4), body.substr(4)});
    at += 12 + size;
  }
  return chunks;
}

TEST(Png, StatesItsResolutionAndReopensItsRun) {
  const std::string png = figure_as_png(sample_loss(), small());
  std::map<std::string, std::string> first;
  std::string words;
  for (const Chunk& c : png_chunks(png)) {
    first.emplace(c.type, c.data);
    if (c.type == "tEXt" || c.type == "iTXt") words += c.data + "\n";
  }
  EXPECT_EQ(first["pHYs"], std::string("\0\0\x0f\x61\0\0\x0f\x61\x01", 9));  // 3937 a metre = 100 dpi
  EXPECT_NE(words.find(std::string("iemlab\0iem1:AbC_-9", 18)), std::string::npos);
  EXPECT_EQ(first["IHDR"].substr(0, 4), std::string("\0\0\x01\x4f", 4));  // 335 = 8.5 / 2.54 * 100
}

TEST(Png, IsReadBackPixelForPixel) {
  paint::Image image;
  image.width = 37, image.height = 23;
  for (int i = 0; i < image.width * image.height; ++i) {
    for (int v : {i * 7, i * i, i / 3}) image.rgba.push_back(static_cast<std::uint8_t>(v));
    image.rgba.push_back(255);
  }
  Folder folder;
  write_file_atomically(folder.at("a.png"), encode_png(image));
  cairo_surface_t* read = cairo_image_surface_create_from_png(folder.at("a.png").c_str());
  ASSERT_EQ(cairo_surface_status(read), CAIRO_STATUS_SUCCESS);
  ASSERT_EQ(cairo_image_surface_get_width(read), 37);
  const unsigned char* rows = cairo_image_surface_get_data(read);
  for (int y = 0; y < 23; ++y) {
    const auto* row = reinterpret_cast<const std::uint32_t*>(rows + y * cairo_image_surface_get_stride(read));
    for (int x = 0; x < 37; ++x) {
      const std::uint8_t* p = &image.rgba[4 * static_cast<std::size_t>(y * 37 + x)];
      ASSERT_EQ(row[x] & 0xFFFFFF, std::uint32_t{p[0]} << 16 | std::uint32_t{p[1]} << 8 | p[2])
          << x << "," << y;
    }
  }
  cairo_surface_destroy(read);
}

TEST(Picture, IsPaperUnlessTransparent) {
  ExportOptions options = small();
  const paint::Image opaque = render_figure(sample_loss(), options);
  EXPECT_EQ(opaque.width, 335);
  EXPECT_EQ(opaque.rgba[0], 255);
  EXPECT_EQ(opaque.rgba[3], 255);
  options.transparent = true;
  const paint::Image clear = render_figure(sample_loss(), options);
  EXPECT_EQ(clear.rgba[3], 0);
  EXPECT_TRUE(std::any_of(clear.rgba.begin(), clear.rgba.end(), [](std::uint8_t v) { return v == 255; }));
}

TEST(Picture, DarkPaperIsDark) {
  ExportOptions options = small();
  options.theme = paint::ThemeId::dark;
  EXPECT_EQ(render_figure(sample_loss(), options).rgba[0], 0x10);
}

TEST(Tex, IsBalancedAndHoldsTheData) {
  for (const Figure& figure : sample_figures()) {
    SCOPED_TRACE(figure.id);
    const std::string tex = figure_as_tex(figure, small());
    int depth = 0, least = 0;
    for (std::size_t i = 0; i < tex.size(); ++i) {
      const bool escaped = i > 0 && tex[i - 1] == '\\';
      if (tex[i] == '{' && !escaped) ++depth;
      if (tex[i] == '}' && !escaped) --depth;
      least = std::min(least, depth);
    }
    EXPECT_EQ(depth, 0);
    EXPECT_EQ(least, 0);
    for (const char* name : {"document", "tikzpicture", "groupplot"}) {
      EXPECT_NE(tex.find(std::string("\\begin{") + name + "}"), std::string::npos);
      EXPECT_NE(tex.find(std::string("\\end{") + name + "}"), std::string::npos);
    }
    EXPECT_EQ(tex.find("\u2212"), std::string::npos);  // pdflatex does not know the character
    EXPECT_EQ(tex.find("inf"), std::string::npos);
  }
  const std::string loss = figure_as_tex(sample_loss(), small());
  EXPECT_NE(loss.find("\\addplot"), std::string::npos);
  EXPECT_NE(loss.find("(0,4.05)"), std::string::npos);
  EXPECT_NE(loss.find("{GD}"), std::string::npos);
  EXPECT_NE(loss.find("$\\lambda = 0.35$"), std::string::npos);
}

TEST(Tex, WordsCannotBreakOut) {
  EXPECT_EQ(tex_escaped("50% of a_b & {x} #1 \\input ~^$"),
            "50\\% of a\\_b \\& \\{x\\} \\#1 \\textbackslash{}input \\~{}\\^{}\\$");
  EXPECT_EQ(tex_escaped("\u2212\u2202L/\u2202d, \u03C4 = 1"), "$-$$\\partial $L/$\\partial $d, $\\tau $ = 1");
  Figure figure = sample_loss();
  figure.title = "one\n\\input{/etc/passwd}";
  EXPECT_EQ(figure_as_tex(figure, small()).find("\n\\input"), std::string::npos);
}

TEST(Csv, HoldsTheNumbersExactly) {
  Figure figure;
  Panel panel;
  panel.marks.push_back(Line{"a, \"b\"",
                             figure.own({0.1, 2}),
                             figure.own({1.0 / 3, -1e-300}),
                             {},
                             1,
                             Dash::solid,
                             0,
                             "",
                             false,
                             0,
                             0});
  figure.panels.push_back(panel);
  EXPECT_EQ(figure_as_csv(figure),
            "series,x,y\n\"a, \"\"b\"\"\",0.1,0.3333333333333333\n\"a, \"\"b\"\"\",2,-1e-300\n");
}

TEST(Csv, AndTexKeepGroupsApart) {
  Figure figure;
  Panel panel;
  Scatter dots;
  dots.series = "key";
  dots.x = figure.own({1, 2, 3}), dots.y = figure.own({4, 5, 6});
  dots.groups = {2, 0, 2};
  panel.marks.push_back(dots);
  figure.panels.push_back(panel);
  EXPECT_EQ(figure_as_csv(figure), "series,x,y\nkey 3,1,4\nkey 1,2,5\nkey 3,3,6\n");
  const std::string tex = figure_as_tex(figure, small());
  EXPECT_NE(tex.find("(1,4) (3,6)"), std::string::npos);
  EXPECT_NE(tex.find("{\n(2,5) }"), std::string::npos);
}

TEST(Csv, HasAColumnZForWeightsAndCells) {
  Figure figure;
  Panel panel;
  Scatter points;
  points.series = "points";
  points.x = figure.own({1, 2}), points.y = figure.own({3, 4});
  points.weights = figure.own({0.25, 0.5, 0.75, 0.5}), points.components = 2;
  panel.marks.push_back(points);
  panel.marks.push_back(Heatmap{"", 1, 2, figure.own({7, 8}), 0, 1, 0, 1, false, 0, false});
  panel.marks.push_back(Marker{"now", 5, 6, Shape::disc, {}, 1, 1, false, 1, {}});
  figure.panels.push_back(panel);
  EXPECT_EQ(figure_as_csv(figure),
            "series,x,y,z\npoints[1],1,3,0.25\npoints[2],1,3,0.75\npoints[1],2,4,0.5\npoints[2],2,4,0.5\n"
            "heatmap,1,1,7\nheatmap,2,1,8\nnow,5,6,\n");
}

TEST(Export, DoesNotDependOnTheLocale) {
  struct Comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    std::string do_grouping() const override { return "\3"; }
    char do_thousands_sep() const override { return '.'; }
  };
  const Figure figure = sample_loss();
  const std::string svg = figure_as_svg(figure, small()), tex = figure_as_tex(figure, small());
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new Comma));
  EXPECT_EQ(figure_as_svg(figure, small()), svg);
  EXPECT_EQ(figure_as_tex(figure, small()), tex);
  std::locale::global(before);
}

TEST(WriteFigure, PicksTheFormatByTheExtension) {
  Folder folder;
  const std::map<std::string, std::string> beginnings = {
      {"a.svg", "<?xml"}, {"a.PDF", "%PDF"}, {"a.png", "\x89PNG"}, {"a.tex", "% Loss"}, {"a.csv", "series,"}};
  for (const auto& [name, start] : beginnings) {
    write_figure(sample_loss(), folder.at(name), small());
    EXPECT_TRUE(contents(folder.at(name)).starts_with(start)) << name;
  }
  EXPECT_EQ(folder.files().size(), 5u);  // and nothing beside them
}

TEST(WriteFigure, RefusesWhatItCannotDoAndLeavesNothing) {
  Folder folder;
  EXPECT_THROW(write_figure(sample_loss(), folder.at("a.jpg"), small()), InputError);
  ExportOptions options = small();
  options.width_cm = -1;
  EXPECT_THROW(write_figure(sample_loss(), folder.at("a.svg"), options), InputError);
  EXPECT_EQ(folder.files().size(), 0u);
}

TEST(AtomicFile, ReplacesTheOldOneWholeAndReportsFailureByPath) {
  Folder folder;
  write_file_atomically(folder.at("a"), "first");
  write_file_atomically(folder.at("a"), "second");
  EXPECT_EQ(contents(folder.at("a")), "second");
  EXPECT_EQ(folder.files().size(), 1u);
  for (const std::string& path : {folder.at("no/such/folder"), folder.at("")}) {
    try {
      write_file_atomically(path, "x");
      ADD_FAILURE() << path;
    } catch (const InputError& e) {
      EXPECT_EQ(e.kind(), ErrorKind::io);
      EXPECT_NE(std::string(e.what()).find(path), std::string::npos);
    }
  }
  EXPECT_EQ(contents(folder.at("a")), "second");
}

TEST(Xml, EscapesWhatXmlCannotHold) {
  EXPECT_EQ(xml_escaped("a<b>&\"'\x01\x1f\n"), "a&lt;b&gt;&amp;&quot;&#39;\uFFFD\uFFFD\n");
}

}  // namespace
}  // namespace iem
