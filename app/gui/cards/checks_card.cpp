#include "app/gui/cards/checks_card.h"

#include <algorithm>
#include <utility>

#include "app/gui/look/formula.h"
#include "app/gui/look/icons.h"
#include "app/gui/look/math_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {
namespace {

constexpr float kIndent = 22, kAbove = 12, kStatement = 14;

const Rgb& ink_of(CheckStatus status) {
  const paint::Theme& t = theme();
  return status == CheckStatus::fail ? t.bad : status == CheckStatus::skip ? t.muted : t.good;
}

std::string_view icon_of(CheckStatus status) {
  return status == CheckStatus::fail   ? icon::kClose
         : status == CheckStatus::skip ? icon::kMinus
                                       : icon::kCheck;
}

// The error and what is allowed, on the right edge. Returns where they begin.
float check_number(const CheckResult& check, ImVec2 right) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool skipped = check.status == CheckStatus::skip;
  const std::string number = skipped ? std::string(text::kSkipped) : tiny_number(check.error);
  if (!skipped) {
    right.x -= measure_text(" ≤ 0.0 × 10^−00", type::kTick).width;
    draw_text(list, " " + std::string(text::kAtMost) + " " + tiny_number(check.tolerance), right,
              colour(theme().muted), type::kTick);
  }
  const Face face = skipped ? Face::regular : Face::bold;
  draw_text_right(list, number, right, colour(ink_of(check.status)), type::kSmall, face);
  return right.x - measure_text(number, type::kSmall, face).width;
}

// The statement as mathematics where it has been written so, else as text; cut where there is no room.
void check_statement(const CheckResult& check) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const Rgb& ink = check.status == CheckStatus::skip ? theme().muted : theme().ink;
  FormulaSize size;
  const std::string& tex = check.words.tex;
  if (!tex.empty()) size = measure_formula(tex, kStatement);
  const float ascent = std::max(size.ascent, cap_height(type::kSmall)), y = at.y + px(kAbove) + ascent;
  gap(kAbove + (ascent + size.descent) / scale() + 3);
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_icon(list, icon_of(check.status), {at.x + px(6), y - px(4)}, colour(ink_of(check.status)), 10);
  const float end = check_number(check, {at.x + row_width(), y});
  if (!tex.empty())
    draw_formula(list, tex, {at.x + px(kIndent), y}, kStatement, colour(ink));
  else
    draw_text_cut(list, check.statement, {at.x + px(kIndent), y}, colour(ink), end - at.x - px(kIndent + 8),
                  type::kSmall);
}

void check_row(const CheckResult& check) {
  check_statement(check);
  const ScopedRowWidth narrower(row_width() - px(kIndent));
  ImGui::Indent(px(kIndent));
  if (!check.words.sentence.empty()) paragraph(check.words.sentence, theme().ink);
  if (check.status == CheckStatus::skip && !check.reason.empty())
    note(check.reason);
  else if (!check.words.method.empty())
    note(check.words.method);
  ImGui::Unindent(px(kIndent));
}

}  // namespace

void ChecksCard::follow(PanelContext& context) {
  if (job_.ready()) {
    Outcome<Checked> checked = job_.take();
    error_ = std::move(checked.error);
    if (checked.value) done_ = std::move(*checked.value);
  }
  if (!open_ || job_.running() || asked_ == context.snapshot().serial) return;
  asked_ = context.snapshot().serial;
  job_.start([snapshot = context.shared_snapshot()] {
    return Checked{snapshot->serial, snapshot->state.step, run_checks(*snapshot), snapshot->doubt};
  });
}

void ChecksCard::draw(ImVec2 anchor) {
  const CardStyle style{.at = anchor, .pivot = {1, 1}, .width = 500, .max_height = 620, .stays = true};
  if (!begin_card("##checks.card", style, open_)) return;
  const std::vector<CheckResult>& results = done_.results;
  const bool any = !results.empty();
  const bool all = any && std::ranges::none_of(
                              results, [](const CheckResult& c) { return c.status == CheckStatus::fail; });
  card_head(text::kChecksTitle, std::string(text::kChecksState) + " " + std::to_string(done_.step) +
                                    (all ? ": " + std::string(text::kAllPass) : ""));
  if (!error_.empty()) note(error_);
  if (!any && error_.empty()) note(text::kChecking);
  if (!done_.doubt.empty()) note(done_.doubt);
  for (const CheckResult& check : results) check_row(check);
  end_card();
}

}  // namespace iem::gui
