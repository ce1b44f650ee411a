#include "app/export/handout.h"

#include <algorithm>
#include <optional>

#include "app/export/export.h"
#include "app/export/page_layout.h"
#include "app/export/pdf_sheets.h"
#include "app/export/svg_canvas.h"
#include "app/paint/document/document.h"
#include "core/base/utf8.h"
#include "core/figure/next_step.h"
#include "core/lesson/text_parts.h"
#include "core/run/snapshot.h"

namespace iem {
namespace {

using paint::Document;
using paint::DocumentStyle;
using paint::kPxPerCm;
using paint::Px;

constexpr double kSheetMargin = 2 * kPxPerCm, kColumnGap = 26, kSheetText = 17.0, kSheetLine = 24;
constexpr double kAnswer_cm = 2.2;  // of space for an answer in words or as a drawing

struct SheetSize {
  double width_cm, height_cm;
};
SheetSize sheet_size(Paper paper) {
  return paper == Paper::a4 ? SheetSize{21, 29.7} : SheetSize{21.59, 27.94};
}

// Empty axes to sketch a figure's curve on.
Figure axes_of(Figure figure) {
  if (const Panel* panel = main_curve(figure).panel) figure.panels = {Panel(*panel)};
  for (Panel& each : figure.panels) each.marks.clear();
  return figure;
}

// The stage or what is in its place, or the first figure of a lab without a stage.
std::string figure_in_the_middle(const Lab& lab, const Config& config) {
  return config.table().find("view.centre") ? config.text("view.centre") : lab.figures().front().id;
}

// The figure of a page: the one that is asked for, or the one that stands in the middle; without what would
// answer the question.
std::optional<Figure> moment_figure(const LessonPage& page, const PageState& state,
                                    const Snapshot& snapshot) {
  const Lab& lab = lab_of(*snapshot.setup);
  const bool sketched = page.question && page.question->kind == Question::Kind::sketch;
  const std::string id =
      sketched ? page.question->subject.name : figure_in_the_middle(lab, snapshot.config());
  Figure figure = lab.figure(id, snapshot, {snapshot.config(), {}, {}});
  if (!figure.sentence.empty() || figure.panels.empty()) return std::nullopt;
  figure.caption.clear();
  if (sketched) return axes_of(std::move(figure));
  if (covers(state.arrangement, WindowElement::Kind::figure, id)) return std::nullopt;
  if (covers_next_step(state.arrangement))
    for (Panel& panel : figure.panels) panel = without_next_step(panel);
  return figure;
}

// Lays sheets out from the top, a block after the other.
class Handout {
 public:
  Handout(const Lesson& lesson, Paper paper, bool with_key)
      : lesson_(lesson),
        with_key_(with_key),
        width_(sheet_size(paper).width_cm * kPxPerCm - 2 * kSheetMargin),
        height_(sheet_size(paper).height_cm * kPxPerCm - 2 * kSheetMargin),
        theme_(paint::theme(paint::ThemeId::print)),
        ruler_(1, 1, paint::kLeastLinePx),
        sheets_(sheet_size(paper).width_cm * kPxPerCm, sheet_size(paper).height_cm * kPxPerCm,
                {lesson.title}) {}

  void head() {
    words(lesson_.title, 28, true, theme_.ink);
    std::string about = lesson_.audience;
    if (lesson_.minutes > 0)
      about += (about.empty() ? "" : ", ") + std::to_string(lesson_.minutes) + " minutes";
    if (!about.empty()) words(about, 14, false, theme_.muted);
    y_ += 14;
  }

  void page(const LessonPage& page, const PageState& state, const LessonStopped& stopped) {
    const std::shared_ptr<const Snapshot> snapshot = take_snapshot(state.run);
    const double half = 0.5 * (width_ - kColumnGap);
    Evaluator here(state.run, stopped), later(state.revealed, stopped);
    const Document body =
        set("**" + page.heading + "**\n\n" + filled_markdown(page.body.markdown, here), half);
    const std::optional<Figure> figure = moment_figure(page, state, *snapshot);
    std::optional<paint::Page> drawn;
    if (figure) drawn = paint::lay_out_page(*figure, half, 0, ruler_);
    const double height = std::max(body.height, drawn ? drawn->height_px : 0);
    const double asked = page.question ? 110 : page.task ? 60 : 0;
    room_for(std::min(height + asked, height_));
    paint_at(body, 0);
    if (drawn)
      sheets_.draw_at({kSheetMargin + half + kColumnGap, kSheetMargin + y_}, [&](paint::Canvas& canvas) {
        paint::PaintOptions options;
        options.place_labels = true;
        options.image_density = kPaperDensity;
        paint::draw_page(*drawn, theme_, true, canvas, options);
      });
    y_ += height + 12;
    if (page.question) question(page, here, later);
    if (page.task) text("**Try it.** " + filled_markdown(page.task->say, here));
    if (page.task) blank(0.8);
    if (with_key_ && !page.notes.empty())
      text("*For the teacher.* " + filled_markdown(page.notes.markdown, here));
    rule();
  }

  std::string finish() { return sheets_.finish(); }

 private:
  DocumentStyle style(double width, double size = kSheetText) const {
    DocumentStyle out;
    out.width_px = width, out.text_px = size, out.line_px = size * kSheetLine / kSheetText;
    out.display_px = size * 1.15, out.heading_px = size * 1.15;
    out.ink = {theme_.ink, 1}, out.muted = {theme_.muted, 1}, out.accent = {theme_.ink, 1};
    return out;
  }
  Document set(const std::string& markdown, double width, double size = kSheetText) {
    return paint::set_document(markdown, style(width, size), ruler_);
  }
  void paint_at(const Document& document, double x, double size = kSheetText) {
    sheets_.draw_at({kSheetMargin + x, kSheetMargin + y_}, [&](paint::Canvas& canvas) {
      paint::paint_document(document, style(width_, size), {0, 0}, canvas);
    });
  }
  void words(const std::string& plain, double size, bool bold, const Rgb& ink) {
    room_for(1.4 * size);
    sheets_.draw_at({kSheetMargin, kSheetMargin + y_}, [&](paint::Canvas& canvas) {
      canvas.text(plain, {0, size}, {.size_px = size, .bold = bold, .colour = {ink, 1}});
    });
    y_ += 1.4 * size;
  }
  void text(const std::string& markdown, double indent = 0) {
    const Document document = set(markdown, width_ - indent);
    room_for(document.height);
    paint_at(document, indent);
    y_ += document.height + 8;
  }
  void blank(double cm) {
    room_for(cm * kPxPerCm);
    y_ += cm * kPxPerCm;
  }
  void rule() {
    y_ += 6;
    if (y_ < height_)
      sheets_.draw_at({kSheetMargin, kSheetMargin + y_}, [&](paint::Canvas& canvas) {
        const Px line[] = {{0, 0}, {width_, 0}};
        canvas.polyline(line, {.colour = {theme_.hairline, 1}, .width_px = 1});
      });
    y_ += 18;
  }
  void room_for(double height) {
    if (y_ == 0 || y_ + height <= height_) return;
    sheets_.next_sheet();
    y_ = 0;
  }

  void question(const LessonPage& page, Evaluator& here, Evaluator& later) {
    const Question& asked = *page.question;
    text("**Predict.** " + filled_markdown(words_of(asked), here));
    for (const std::string& choice : asked.choices) {
      const Document document = set(filled_markdown(choice, here), width_ - 26);
      room_for(document.height);
      sheets_.draw_at({kSheetMargin, kSheetMargin + y_}, [&](paint::Canvas& canvas) {
        const Px box[] = {{2, 6}, {14, 6}, {14, 18}, {2, 18}};
        canvas.polyline(box, {.colour = {theme_.ink, 1}, .width_px = 1.2, .closed = true});
      });
      paint_at(document, 26);
      y_ += document.height + 4;
    }
    if (!with_key_ && asked.choices.empty() && asked.kind != Question::Kind::sketch) blank(kAnswer_cm);
    if (!with_key_) return;
    if (!asked.choices.empty()) text("*Right:* " + filled_markdown(asked.choices[asked.answer], here));
    if (!page.reveal.empty()) text(filled_markdown(page.reveal.markdown, later));
  }

  const Lesson& lesson_;
  bool with_key_;
  double width_, height_, y_ = 0;
  const paint::Theme& theme_;
  paint::SvgCanvas ruler_;  // only measures
  PdfSheets sheets_;
};

}  // namespace

Paper paper_from_name(std::string_view name) {
  if (name == "a4") return Paper::a4;
  if (name == "letter") return Paper::letter;
  throw InputError("paper is '" + printable(name) + "', allowed are a4 and letter");
}

std::string handout_as_pdf(const Lesson& lesson, Paper paper, bool with_key,
                           const std::shared_ptr<ThreadPool>& pool, const LessonStopped& stopped) {
  Handout out(lesson, paper, with_key);
  out.head();
  for_each_page(lesson, pool, stopped,
                [&](const PageState& state) { out.page(lesson.pages[state.page], state, stopped); });
  return out.finish();
}

}  // namespace iem
