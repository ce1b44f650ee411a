// The table of formats says what is true of each: its files are tried.
#include "app/export/formats.h"

#include <gtest/gtest.h>

#include <set>

#include "core/base/error.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "tests/app/sample_figures.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

class FormatsOfFigures : public ::testing::Test {
 protected:
  std::string written(const FigureFormat& format, const ExportOptions& options) {
    const std::string path = folder_.at("figure" + std::string(format.extension));
    write_figure(sample_stage(), path, options);
    return test::file_text(path);
  }
  test::Folder folder_;
};

TEST_F(FormatsOfFigures, HaveEachAnExtensionAndALabelOfItsOwn) {
  std::set<std::string_view> extensions, labels;
  for (const FigureFormat& format : figure_formats()) {
    EXPECT_TRUE(extensions.insert(format.extension).second && labels.insert(format.label).second);
    EXPECT_EQ(figure_format_of("a/b.c" + std::string(format.extension)), &format);
    EXPECT_NE(figure_extensions().find(format.extension), std::string::npos);
  }
  EXPECT_EQ(extensions.size(), 6U);
  EXPECT_EQ(figure_format_of("A.SVG"), figure_format_of("a.svg"));
  for (const char* other : {"a.jpg", "a", "svg", ".svg", "a.svgz", ""})
    EXPECT_FALSE(figure_format_of(other)) << other;
}

TEST_F(FormatsOfFigures, CarryTheStateStringWhereTheTableSaysSo) {
  ExportOptions options;
  options.width_cm = 6;
  options.metadata = "iem1:eNqrVipJLS5RslJQKi4tKMjJTFWqBQA";
  int carrying = 0;
  for (const FigureFormat& format : figure_formats()) {
    EXPECT_EQ(find_state_string(written(format, options)), format.carries_state ? options.metadata : "")
        << format.label;
    EXPECT_EQ(may_carry_state(format.extension), format.carries_state) << format.label;
    EXPECT_EQ(is_replay("x" + std::string(format.extension)), format.carries_state) << format.label;
    carrying += format.carries_state ? 1 : 0;
  }
  EXPECT_EQ(carrying, 4);
}

// An option that the table calls idle changes no byte, and the others do.
TEST_F(FormatsOfFigures, HeedTheOptionsThatTheTableSays) {
  ExportOptions plain;
  plain.width_cm = 6;
  plain.dpi = 72;
  ExportOptions wide = plain, fine = plain, real = plain, fragment = plain;
  wide.width_cm = 7;
  fine.dpi = 90;
  real.svg_text = SvgText::real;
  fragment.tex = TexKind::fragment;
  for (const FigureFormat& format : figure_formats()) {
    const std::string usual = written(format, plain);
    EXPECT_FALSE(usual.empty());
    EXPECT_EQ(written(format, wide) != usual, format.kind != FormatKind::numbers) << format.label;
    EXPECT_EQ(written(format, fine) != usual, format.kind == FormatKind::pixels) << format.label;
    EXPECT_EQ(written(format, real) != usual, format.svg_text) << format.label;
    EXPECT_EQ(written(format, fragment) != usual, format.kind == FormatKind::tex) << format.label;
  }
}

}  // namespace
}  // namespace iem
