// A lab is a problem together with everything that shows it (mixture, activation, attention, ...): it turns
// snapshots into figures, words and tables. It is a folder and one line in core/labs/registry.cpp, and has no
// state of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/data/table_column.h"
#include "core/figure/figure.h"
#include "core/figure/symbol_marks.h"
#include "core/labs/kit/derivation.h"
#include "core/labs/kit/handle.h"
#include "core/labs/kit/inspection.h"
#include "core/run/problem.h"

namespace iem {

class ArrowScale;  // core/figure/arrow_scale.h
struct AtlasPlan;
class AtlasShelf;
class SeenDraws;

// What a figure may depend on besides the snapshot: the view keys, what is pinned and what the mouse is over.
struct View {
  const Config& config;  // only keys of Effect::view are read
  ElementId pinned, hovered;
  int shaped = -1;  // the prototype whose ellipse shows its handles; -1: none
  // The progress of an animation to the phase that view.phase names: 2.5 is half way from the marks of phase
  // 2 of Lab::phases to those of phase 3, -1 is before the first. NaN: it has arrived.
  double phase = std::numeric_limits<double>::quiet_NaN();
  std::shared_ptr<const SeenDraws> draws = nullptr;  // many draws of the runs; null: none
  // Of the figure `atlas`. The shelf keeps what has been run for it; null: nothing is kept, and a map whose
  // size is not said is as coarse as the figures of `iemlab run` can afford. `coarser` levels, each of which
  // halves the distance of places, may be left out; and it is given up when `goes_on` returns false.
  std::shared_ptr<AtlasShelf> atlases = nullptr;
  int coarser = 0;
  std::function<bool()> goes_on = nullptr;
  // Of arrows that are drawn longer than they are, in figures that belong together; null: each has its own.
  std::shared_ptr<ArrowScale> arrows = nullptr;
};

// A special use that the window makes of a figure.
enum class FigureUse : std::uint8_t {
  plot,       // nothing
  stage,      // it is the middle of the window, where things can be dragged
  loss,       // the value of J stands beside its title
  identity,   // the identity stands beside it in words
  point,      // about the shown point; a button beside its title leads to all its numbers
  prototype,  // of one prototype; it stands below the numbers of that
  runs,       // of several runs: it stands beside the stage while they are compared
};

// One figure of a lab: how it is offered and how it is made.
struct FigureType {
  std::string id;     // "stage"
  std::string title;  // "Responsibility field"
  std::string help;   // one sentence
  Figure (*make)(const Snapshot& snapshot, const View& view) = nullptr;
  struct Needs {
    bool of_responsibilities = false;  // shows a sentence where the objective has none
    bool slow = false;                 // takes longer than a frame: a window makes it on another thread
    bool by_levels = false;            // and coarse first, then finer (View::coarser)
  } needs = {};
  FigureUse use = FigureUse::plot;
  double height = 1;  // of its cell in a column, in parts of what others have
  // One sentence why the figure has nothing to show in a configuration, where it is then not offered; null or
  // empty where it has.
  std::function<std::string(const Config&)> unavailable = nullptr;
  // It shows where the next step leads, which a lesson covers while it asks for that.
  bool tells_step = false;
  // It shows shares of points, which a lesson covers while it asks for one; the figure of a point always
  // does.
  bool tells_shares = false;
};

inline bool is_offered(const FigureType& type, const Config& config) {
  return !type.unavailable || type.unavailable(config).empty();
}

class Microscope;  // core/labs/kit/phases/microscope.h

// One sub-step of an update, for the phase strip and the stage: a view of the evaluation, not a second
// implementation.
struct Phase {
  std::string id, label, symbol;  // "distances", "distances", "d_j"
  bool in_m_step = false;
  std::vector<double> values;  // one a component, or a single one for all
  bool is_vector = false;      // the values are the coordinates of one vector
  bool is_share = false;       // the values are the shares of the components: r
  bool is_single = false;      // one number for all components
  bool moves = false;          // the step is taken: the stage shows parameters moving to their next values
  std::string help = {};       // one sentence: what the stage shows of it
  // The computation of each value with its numbers, one line for each value.
  std::vector<FormulaLine> written = {};
  // Adds the marks of the phase to the stage: at `part` 0 the stage is as the phase before left it, at 1 the
  // phase is complete.
  std::function<void(Microscope&, double part)> marks = {};
};

// The texts of the identity panel and of the meter.
struct IdentityText {
  std::string equation;  // TeX: \frac{\partial L_i}{\partial d_{ij}} = -r_{ij}
  std::string meter;     // TeX: \max|\partial L/\partial d + r|
  std::string method;    // "by complex step"
};

// A language in which a lab writes code: "numpy", "NumPy".
struct CodeType {
  std::string id, label;
};

// One of several small systems in a lab: its id "margins", its label "Margins", and what it shows.
struct ToyEntry {
  std::string id, label, help;
};

// A number of the run that is shown with the settings of a group: "Largest difference", 0.508.
struct Reading {
  std::string label, help;
  double value = 0;
};

// A value that theory singles out, marked on the slider of a setting.
struct TrackMark {
  std::string key;
  double value = 0;
  std::string words;  // one sentence
};

// Numbers in the title row of the stage, one for each component, beside the component's shape.
struct StageShares {
  std::vector<double> values;
  std::string letter;  // of the symbol before each, "N" for N_1, N_2, ...; empty: none
  int decimals = 1;
  std::vector<std::string> names = {};  // one for each component, shown in place of the numbers
};

// A table that may be larger than memory: its rows are made on request. It is valid as long as its snapshot.
struct Dump {
  using Part = std::function<Eigen::MatrixXd(Eigen::Index first, Eigen::Index count)>;
  Dump(std::vector<TableColumn> described, Eigen::Index rows, Part make)
      : columns(std::move(described)),
        count(rows),
        part(std::move(make)) {}
  Dump(std::vector<TableColumn> described, Eigen::MatrixXd rows)
      : Dump(std::move(described), rows.rows(),
             [rows](Eigen::Index first, Eigen::Index n) { return rows.middleRows(first, n).eval(); }) {}

  std::vector<TableColumn> columns;
  Eigen::Index count = 0;  // rows
  Part part;               // rows first .. first + count - 1, as many numbers a row as there are columns
  Eigen::MatrixXd rows() const { return part(0, count); }  // all of them
};

class Lab : public Problem {
 public:
  // The name on its tab.
  virtual std::string label() const { return id(); }
  // The heading above its scenes in lists of scenes; empty: they stand under topics.
  virtual std::string scene_group() const { return label(); }
  // In the order they are offered; at least one.
  virtual const std::vector<FigureType>& figures() const = 0;
  // The figure of this id, which must be one of them.
  Figure figure(const std::string& id, const Snapshot& snapshot, const View& view) const;
  // The first figure of a use; null: it has none.
  const FigureType* figure_for(FigureUse use) const;
  // Which marks of its figures show which symbol of its formulas.
  virtual std::span<const SymbolMark> symbol_marks() const { return {}; }
  // The fields over the plane that it can draw for a state; may be empty.
  virtual std::vector<FieldInput> fields(const Snapshot&) const;

  // The elements of its figures that can be dragged.
  virtual const std::vector<Handle>& handles() const;
  // The ellipse that a prototype's handles lie on; nothing: it has none.
  virtual std::optional<HeldEllipse> ellipse_of(const Snapshot&, int prototype) const {
    static_cast<void>(prototype);
    return std::nullopt;
  }
  // The derivation of its result in steps, which is then its page in the window; null where it has none.
  virtual const Derivation* derivation() const { return nullptr; }

  // What its figure `atlas` maps; null: it has none.
  virtual std::shared_ptr<const AtlasPlan> atlas(const Snapshot&, const View&) const { return nullptr; }

  // The small systems it holds; empty for an ordinary lab.
  virtual std::vector<ToyEntry> toys() const { return {}; }
  // The ids of the tables it can write, and the table of one id.
  virtual std::vector<std::string> dumps() const { return {}; }
  virtual Dump dump(const std::string& id, const Snapshot& snapshot) const;
  // The sub-steps of an update at a point; without any there is no phase strip.
  virtual std::vector<Phase> phases(const Snapshot&, int point) const {
    static_cast<void>(point);
    return {};
  }
  // The terms of an energy of a point; no terms where the energy is not split.
  virtual NumberLine number_line(const Snapshot&, int point, int component) const {
    static_cast<void>(point);
    return {.component = component};
  }
  // What the inspector says of a point, or of a prototype when the element is one. For a point, `component`
  // is the prototype whose formulas are written out; -1: the lab chooses.
  virtual Inspection inspect(const Snapshot&, const ElementId&, int component) const {
    static_cast<void>(component);
    return {};
  }
  // The same where nothing is hovered or pinned: the numbers at the view's probe.
  virtual Inspection inspect_probe(const Snapshot&, const View&, int component) const {
    static_cast<void>(component);
    return {};
  }
  // The word for one of the data's items, and its plural.
  virtual std::pair<std::string, std::string> point_names() const { return {"point", "points"}; }
  // The unit of J; empty for a loss without a unit.
  virtual std::string loss_unit(const Config&) const { return "nats"; }
  // The names of the two halves of an update.
  virtual std::pair<std::string, std::string> half_names() const { return {"E", "M"}; }
  // The point (or query) an element on a figure belongs to; -1: none.
  virtual int point_of(const ElementId& element, const Snapshot&) const {
    return element.kind == ElementId::Kind::point ? element.index : -1;
  }
  virtual IdentityText identity_text() const;
  // The formula of a group of the control panel as TeX; empty where there is none.
  virtual std::string formula(Group, const Config&) const { return {}; }
  // The readings below the rows of a group.
  virtual std::vector<Reading> readings(Group, const Snapshot&, const View&) const { return {}; }
  // The marks on the sliders of settings.
  virtual std::vector<TrackMark> track_marks(const Snapshot&) const { return {}; }
  // The lab's result as code to paste: which languages, and the text in one of them.
  virtual std::vector<CodeType> code_types() const { return {}; }
  virtual std::string code(const std::string& /*id*/, const Snapshot&) const { return {}; }
  // One number for each component, such as N_j, that is listed as its share.
  virtual std::vector<double> shares(const Snapshot&) const { return {}; }
  // The numbers in the title row of the stage while a point (-1: none) is shown.
  virtual StageShares stage_shares(const Snapshot& snapshot, int point) const {
    static_cast<void>(point);
    return {shares(snapshot), "N", 1};
  }
};

// The table of a lab's keys: those of the problem, then those of the view.
std::shared_ptr<const ParameterTable> parameter_table(std::vector<Parameter> keys,
                                                      std::vector<Parameter> view_keys);

// The lab of a setup, whose problem must be a lab.
const Lab& lab_of(const Setup& setup);

}  // namespace iem
