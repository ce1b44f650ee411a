#include "tests/gui/gallery.h"

#include <array>

#include "app/gui/look/formula.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/style.h"

namespace iem::gui {
namespace {

constexpr std::array<Choice, 4> kEnergies = {Choice{"gaussian"}, Choice{"laplace"}, Choice{"student_t"},
                                             Choice{"bregman_kl", "Needs data with positive coordinates"}};
constexpr std::array<Choice, 4> kCovariances = {Choice{"tied"}, Choice{"spherical"}, Choice{"diagonal"},
                                                Choice{"full"}};
constexpr std::array<Choice, 3> kRules = {Choice{"GD"}, Choice{"GD to EM"}, Choice{"EM"}};
constexpr std::array<Choice, 3> kTied = {Choice{"softmax"}, Choice{"sparsemax"},
                                         Choice{"hard", "Has no gradient"}};

}  // namespace

void Gallery::note_of(const Response& r) {
  state.resets += r.reset ? 1 : 0;
  state.released += r.released ? 1 : 0;
  state.activated += r.activated ? 1 : 0;
}

void Gallery::rows() {
  group_head("Data", "342 points, standardised");
  int source = 0;
  choice_row({.id = "##data.source", .label = "Source"}, source,
             std::array{Choice{"Penguins"}, Choice{"Old Faithful"}});
  group_rule();
  group_head("Model");
  formula_row("d_j(x) = \\frac12 \\| W_j(x-\\mu_j) \\|^2 - \\log |W_j| - \\log\\frac{\\pi_j}{2\\pi}", 13,
              theme().ink);
  formula_row("d_3 = 2.753 - 0.920 + 2.674 = 4.507", 14, paint::line_colour(theme(), 2));
  note_of(stepper_row(
      {.id = "##model.components", .label = "Prototypes", .symbol = "K", .help = "How many components."},
      state.prototypes, 1, 64));
  note_of(
      choice_row({.id = "##model.energy", .label = "Energy", .help = "The distance that is exponentiated."},
                 state.energy, kEnergies));
  note_of(choice_row({.id = "##model.covariance", .label = "Covariance"}, state.covariance, kCovariances));
  note_of(toggle_row({.id = "##model.volume", .label = "Volume term"}, state.volume));
  note_of(scrub_row({.id = "##model.temperature",
                     .label = "Temperature",
                     .symbol = "\\tau",
                     .help = "Divides every energy: high is soft, low is hard."},
                    state.temperature,
                    {.slider_min = 0.1, .slider_max = 10, .min = 0, .min_open = true, .logarithmic = true}));
  group_rule();
  group_head("Objective", "minimised");
  formula_row("J = -\\frac1N \\sum_i \\tau\\log\\sum_j e^{-d_{ij}/\\tau}", 14, theme().ink, "3.1874");
  group_rule();
  group_head("Learning rule");
  note_of(segments("##optimizer.method", state.rule, kRules));
  formula_row(
      "\\Delta\\mu_j = -[(1-\\lambda)\\,\\eta I + \\lambda\\frac{N}{N_j}\\Sigma_j]\\frac{\\partial "
      "J}{\\partial \\mu_j}",
      14, theme().ink);
  note_of(scrub_row({.id = "##optimizer.blend",
                     .label = "Blend",
                     .symbol = "\\lambda",
                     .help = "0 is GD, 1 is EM.",
                     .changed = true},
                    state.blend, {.slider_min = 0, .slider_max = 1, .min = 0, .max = 1}));
  note_of(scrub_row({.id = "##optimizer.learning_rate", .label = "Learning rate", .symbol = "\\eta"},
                    state.learning_rate, {.slider_min = 0, .slider_max = 1, .min = 0}));
  gap(4);
  fold_row("##schedule", "Schedule", "constant τ, no stop", state.fold_a);
  if (state.fold_a) note("Nothing is scheduled.");
  fold_row("##view", "View", "field, density, trails, pull", state.fold_b);
}

void Gallery::marks() {
  group_head("Other states", "a state too long for its line is cut off here");
  toggle_row({.id = "##causal", .label = "Causal mask", .changed = true}, state.causal);
  toggle_row({.id = "##off", .label = "Does not apply", .disabled = "Only attention has a mask."},
             state.causal);
  scrub_row(
      {.id = "##locked", .label = "Momentum", .symbol = "\\beta", .disabled = "Plain GD has no memory."},
      state.locked, {.slider_min = 0, .slider_max = 1});
  choice_row({.id = "##greyed", .label = "Greyed choice", .disabled = "Fixed by the lesson."}, state.energy,
             kEnergies);
  note_of(scrub_row({.id = "##typed", .label = "Typed only", .unit = "nats", .changed = true}, state.typed,
                    {.slider_min = 0, .slider_max = 0, .min = 0, .max = 100}));
  value_row({.id = "##plain", .label = "Effective points", .symbol = "N_1"}, "114.9");
  note_of(text_row({.id = "##name", .label = "Name"}, state.name));
  bool browse = false;
  note_of(path_row({.id = "##path", .label = "File"}, state.path, browse, "Drop a csv here"));
  state.browsed += browse ? 1 : 0;
  segments("##tied", state.tied, kTied);
  gap(6);
  formula_row("\\frac{\\partial L_i}{\\partial d_{ij}} = -r_{ij}", 16, theme().ink);
  formula_row("\\frac{\\partial J", 14, theme().ink);  // does not parse: shown as text
  note("Points far from every prototype still pull: their responsibilities sum to one all the same.");
  gap(10);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (int j = 0; j < 10; ++j) {
    const float x = at.x + px(8) + static_cast<float>(j) * px(24);
    draw_prototype(list, j, {x, at.y + px(8)}, px(6));
    draw_prototype(list, j, {x, at.y + px(32)}, px(6), 0, true);
  }
  gap(80);
  draw_pill(list, {at.x, at.y + px(76)}, {at.x + px(160), at.y + px(104)}, theme().good);
  draw_icon(list, icon::kCheck, {at.x + px(16), at.y + px(90)}, colour(theme().good), 11);
  draw_formula(list, "\\max|\\partial L/\\partial d + r|", {at.x + px(28), at.y + px(95)}, 14,
               colour(theme().ink));
  gap(34);
}

void Gallery::bar() {
  ImGui::SetCursorPos({px(24), 0});
  constexpr std::array kLabs = {"Mixture", "Activation", "Attention", "Classifier"};
  for (int i = 0; i < 4; ++i) {
    if (tab({.id = kLabs[static_cast<std::size_t>(i)], .selected = state.tab == i},
            kLabs[static_cast<std::size_t>(i)], px(48)))
      state.tab = i;
    ImGui::SameLine(0, 0);
  }
  ImGui::SetCursorPosY(px(9));
  if (menu_button({.id = "##scene", .help = "Choose a scene"}, "Scene", "Penguins, three prototypes"))
    ++state.pressed;
  ImGui::SameLine(0, px(4));
  ImGui::SetCursorPosY(px(9));
  if (text_button({.id = "##export", .help = "Save as a figure", .shortcut = "Ctrl+E"}, "Export"))
    ++state.pressed;
  ImGui::SameLine(0, px(4));
  ImGui::SetCursorPosY(px(9));
  if (icon_button({.id = "##theme", .help = "Dark theme"}, icon::kMoon)) ++state.pressed;
  ImGui::SameLine(0, px(4));
  ImGui::SetCursorPosY(px(9));
  icon_button({.id = "##sel", .selected = true}, icon::kExpand);
  ImGui::SameLine(0, px(4));
  ImGui::SetCursorPosY(px(9));
  icon_button({.id = "##dis", .disabled = "Nothing to undo."}, icon::kRestart);
  ImGui::SameLine(0, px(8));
  ImGui::SetCursorPosY(px(9));
  text_button({.id = "##save"}, "Save", true);
  ImGui::SameLine(0, px(16));
  ImGui::SetCursorPosY(px(7));
  if (play_button({.id = "##play", .help = "Play", .shortcut = "Space"}, state.playing))
    state.playing = !state.playing;
}

void Gallery::draw() {
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
  ImGui::Begin("Gallery", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  bar();
  const float top = px(48);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float height = ImGui::GetIO().DisplaySize.y;
  for (int side = 0; side < 2; ++side) {
    const float x = static_cast<float>(side) * px(320);
    list->AddRectFilled({x, top}, {x + px(288), height}, colour(theme().panel));
    draw_rule_v(list, x + px(288) - 1, top, height);
    ImGui::SetCursorPos({x + px(24), top + px(15)});
    ImGui::BeginGroup();
    const ScopedRowWidth width(px(244));
    side == 0 ? rows() : marks();
    ImGui::EndGroup();
  }
  draw_rule_h(list, 0, ImGui::GetIO().DisplaySize.x, top - 1);
  ImGui::End();
}

}  // namespace iem::gui
