// The five minutes of the README, sentence by sentence: what it says to do is done in the window, and what it
// says happens is looked for there. A sentence that nobody walks fails the first test.
#include <cctype>
#include <fstream>
#include <sstream>

#include "tests/gui/readme_walk.h"

namespace iem::gui {
namespace {

struct Walked {
  int step;  // of the list; 0: after it
  const char* words;
  void (ReadmeWalk::*act)();  // null: a headline, or commands that readme_test.cpp runs
};

const Walked kWalk[] = {
    {1, "**Look.**", nullptr},
    {1,
     "The window opens on 342 penguins, bill length against flipper length, and three prototypes with their "
     "1- and 2-sigma ellipses.",
     &ReadmeWalk::opens_on_penguins},
    {1, "The colour behind them is the responsibility field: how much of each place belongs to whom.",
     &ReadmeWalk::field_is_responsibility},
    {2, "**Play.**", nullptr},
    {2,
     "Space plays and pauses; 1x is four steps a second, and the menu beside it has slower and faster ones, "
     "and one that speeds up as changes get smaller.",
     &ReadmeWalk::space_plays},
    {2, "Right steps once, Left steps once *back*.", &ReadmeWalk::steps_both_ways},
    {2, "The bar at the bottom goes to any step; going back gives the same bits that were there before.",
     &ReadmeWalk::bar_goes_anywhere},
    {2,
     "Home returns to the start; *Restart* (R) begins again with the settings as they are now, *New start* "
     "(S) from other prototypes on the same data, and Shift+R draws new data too, where a scene draws its "
     "data.",
     &ReadmeWalk::starts_again},
    {3, "**Turn gradient descent into EM.**", nullptr},
    {3,
     "Each prototype has a solid arrow (the step that will be taken) and a hollow twin at the end of a "
     "dashed line (where EM would put it).",
     &ReadmeWalk::arrows_and_twins},
    {3,
     "Set the rule to *GD to EM* and move the blend from 0 to 1, by its row or by the blue knob at an "
     "arrow's tip: the arrows turn and stretch, the gradient step stays pale behind them, and at 1 they "
     "click into the twins.",
     &ReadmeWalk::blend_to_em},
    {3, "For these Gaussians EM is gradient descent with a particular preconditioner, `N/N_j Sigma_j`.",
     &ReadmeWalk::preconditioner},
    {3, "Arrows too short to be seen are drawn longer; the stage says how much.", &ReadmeWalk::short_arrows},
    {4, "**Look closer.**", nullptr},
    {4,
     "Shift+Right goes through one update phase by phase, Shift+Left back; a click on a phase of the strip "
     "goes there.",
     &ReadmeWalk::phases_by_keys},
    {4,
     "Lines run from the pinned point to every prototype, with the distance on each; they become bars, "
     "`exp(-d_j)` long; the bars stack to `Z`; the stack fills the ring about the point; the bars turn their "
     "sign, which is the gradient; all points pull; the prototypes walk.",
     &ReadmeWalk::phases_are_seen},
    {4, "The line above the strip writes the numbers out.", &ReadmeWalk::line_of_numbers},
    {4, "*phases* in the menu of speeds plays it.", &ReadmeWalk::phases_play},
    {4, "Escape, or another click on the phase, leaves it.", &ReadmeWalk::phases_are_left},
    {5, "**Doubt it.**", nullptr},
    {5,
     "The meter at the bottom right says `max |dL/dd + r|`, computed on this very state by an independent "
     "route.",
     &ReadmeWalk::meter_says},
    {5, "It should say something like 2 x 10^-16.", &ReadmeWalk::meter_is_small},
    {6, "**Break it.**", nullptr},
    {6,
     "Open *Metric collapse*: without the volume term nothing holds the components, and they widen without "
     "end.",
     &ReadmeWalk::collapse_widens},
    {6,
     "Or open *Old Faithful*, where the points spread twelve times as far along one axis as along the other.",
     &ReadmeWalk::faithful_is_spread},
    {6, "EM does not care:", &ReadmeWalk::em_does_not_care},
    {7, "**Compare.**", nullptr},
    {7,
     "K, or *Compare*, runs the same start under gradient descent, EM, the natural gradient and Adam beside "
     "yours, on one clock.",
     &ReadmeWalk::compares},
    {7,
     "The strip at the top says which is which: a click makes a run the one you edit, the eye hides it, "
     "*Side by side* gives each a stage of its own.",
     &ReadmeWalk::strip_works},
    {7, "*Excess* shows how far each is above the best, *Runs* their numbers.", &ReadmeWalk::excess_and_runs},
    {7, "The dots right of any setting set another value of it beside your run.", &ReadmeWalk::other_values},
    {7, "A click on the numbers of an axis makes it logarithmic.", &ReadmeWalk::axes_turn_logarithmic},
    {7, "*Add a run*, *Best rate of each* begins all of them again at the best of 13 learning rates.",
     &ReadmeWalk::adds_and_best_rates},
    {7,
     "*Many seeds* draws every run with other starts or other points: bands behind the curves, and *Draws*, "
     "a picture of each with its J; a click on one begins with it.",
     &ReadmeWalk::many_seeds},
    {7,
     "The arrow after the title of a plot is a menu: put *Landscape* in the middle and see each run's way "
     "through "
     "the loss, *Bound* to see EM's surrogate touch it, *Convergence* for the rates, *Simplex* for the "
     "weights of three prototypes.",
     &ReadmeWalk::every_plot_has_a_menu},
};

// The list of the section without blanks of layout, numbers and commands.
std::string readme_list() {
  std::ifstream in(std::string(IEMLAB_SOURCE_DIR) + "/README.md");
  std::string line, out;
  bool inside = false, code = false;
  while (std::getline(in, line)) {
    if (line.starts_with("## ")) inside = line == "## Five minutes";
    if (line.starts_with("Every scene says")) inside = false;  // the list is over
    if (line.starts_with("```")) code = !code;
    if (!inside || code || line.starts_with("#") || line.starts_with("```")) continue;
    std::istringstream words(line);
    for (std::string word; words >> word;)
      if (!(word.size() == 2 && word[1] == '.' && std::isdigit(static_cast<unsigned char>(word[0])) != 0 &&
            line.starts_with(word)))
        out += (out.empty() ? "" : " ") + word;
  }
  return out;
}

TEST(ReadmeSentences, AreWalkedAllOfThem) {
  std::string walked;
  for (const Walked& each : kWalk) walked += (walked.empty() ? "" : " ") + std::string(each.words);
  EXPECT_EQ(readme_list(), walked);
}

class ReadmeStep : public ReadmeWalk, public testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(Five, ReadmeStep, testing::Range(1, 8));

TEST_P(ReadmeStep, HoldsInTheWindow) {
  int walked = 0;
  for (const Walked& each : kWalk) {
    if (each.step != GetParam() || each.act == nullptr) continue;
    SCOPED_TRACE(each.words);
    (this->*each.act)();
    ++walked;
  }
  EXPECT_GE(walked, 2);
}

}  // namespace
}  // namespace iem::gui
