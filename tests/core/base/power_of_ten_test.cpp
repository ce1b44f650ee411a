// Powers of ten in words are told apart from everything else that has a "10^" in it.
#include "core/base/power_of_ten.h"

#include <gtest/gtest.h>

#include "core/base/number.h"
#include "core/figure/ticks.h"

namespace iem {
namespace {

// The exponents between < and >.
std::string marked(std::string_view text) {
  std::string out;
  for (const TextRun& run : text_runs(text))
    out += run.raised ? "<" + std::string(run.text) + ">" : std::string(run.text);
  return out;
}

TEST(PowerOfTen, ItsExponentIsRaised) {
  EXPECT_EQ(marked("J = 1.3 × 10^−6 nats"), "J = 1.3 × 10<−6> nats");
  EXPECT_EQ(marked("10^5"), "10<5>");
  EXPECT_EQ(marked("−10^−12"), "−10<−12>");
  EXPECT_EQ(marked("(10^3, 2 × 10^4)"), "(10<3>, 2 × 10<4>)");
}

TEST(PowerOfTen, NothingElseIs) {
  for (const char* text : {"", "x^2", "110^3", "3.10^2", "10^", "10^−", "10^x", "e^10", "1.3e-6", "10"})
    EXPECT_EQ(marked(text), text);
}

TEST(PowerOfTen, OfOneStandsAlone) {
  EXPECT_EQ(with_power("1", 5), "10^5");
  EXPECT_EQ(with_power("−1", -5), "−10^−5");
  EXPECT_EQ(with_power("1.000", 5), "1.000 × 10^5");
  EXPECT_EQ(with_power("11", 5), "11 × 10^5");
}

TEST(PowerOfTen, PlainTextHasAnE) {
  EXPECT_EQ(without_powers("J = 1.3 × 10^−6 nats"), "J = 1.3e-6 nats");
  EXPECT_EQ(without_powers("from 10^−3 to 2 × 10^5."), "from 1e-3 to 2e5.");
  EXPECT_EQ(without_powers("−10^7"), "−1e7");
  EXPECT_EQ(without_powers("x^2 at 0.5"), "x^2 at 0.5");
}

// Whatever writes a number for people: no "e", and the power of ten is one that canvases raise.
TEST(PowerOfTen, IsOneKindWhereverNumbersAreWritten) {
  int raised = 0;
  for (const double value : {2e-6, -1e-6, 1e5, 3.25e7, 1.1102e-16, 7e300, 5e-324})
    for (const std::string& text : {shown_number(value), format_number(value), format_number(value, 1)}) {
      EXPECT_EQ(text.find('e'), std::string::npos) << text;
      EXPECT_EQ(text.find('-'), std::string::npos) << text;
      const std::string seen = marked(text);
      EXPECT_EQ(seen.find('^'), std::string::npos) << text;
      raised += seen.find('<') != std::string::npos ? 1 : 0;
    }
  EXPECT_EQ(raised, 21);
  for (const Tick& tick : make_ticks(1e-10, 1e-5, 8, Scale::log10)) {
    EXPECT_NE(marked(tick.label).find('<'), std::string::npos) << tick.label;
  }
  EXPECT_EQ(make_ticks(0, 5e-6, 5, Scale::linear).back().label, "4 × 10^−6");
}

}  // namespace
}  // namespace iem
