// A lab: a problem and how people see it (mixture, activation, attention). It turns snapshots into figures,
// words and tables. A room of its own and one line in core/labs/registry.cpp. It owns no state.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/figure/figure.h"
#include "core/labs/kit/derivation.h"
#include "core/labs/kit/handle.h"
#include "core/labs/kit/inspection.h"
#include "core/run/problem.h"

namespace iem {

class SeenDraws;

// What a figure may depend on besides the snapshot: the view keys, what is pinned and what the mouse is over.
struct View {
  const Config& config;  // only keys of Effect::view are read
  ElementId pinned, hovered;
  int shaped = -1;  // the prototype whose ellipse shows its handles; -1: none
  // On the way to the phase that view.phase names: 2.5 is half way from the marks of phase 2 of Lab::phases
  // to those of phase 3, -1 before the first. NaN: there.
  double phase = std::numeric_limits<double>::quiet_NaN();
  std::shared_ptr<const SeenDraws> draws = nullptr;  // many draws of the runs; null: none
};

// What a window does with a figure besides offering it among the others.
enum class FigureUse : std::uint8_t {
  plot,       // nothing
  stage,      // it is the middle of the window, where things are moved by hand
  loss,       // the value of J stands beside its title
  identity,   // the identity stands beside it in words
  point,      // of the point that is shown; beside its title is the way to all its numbers
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
    bool slow = false;  // costs more than a frame has: a window makes it on a thread of its own
  } needs = {};
  FigureUse use = FigureUse::plot;
  double height = 1;  // of its cell in a column, in parts of what others have
  // Why it has nothing to show in a configuration, in one sentence; null or empty: it has. It is not offered
  // there.
  std::function<std::string(const Config&)> unavailable = nullptr;
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
  bool is_share = false;       // they say how much each component counts: r
  bool is_single = false;      // one number for all components
  bool moves = false;          // the step is taken: the stage shows the parameters on their way to the next
  std::string help = {};       // one sentence: what the stage shows of it
  // How each value comes about, with numbers and operators: a line a value.
  std::vector<FormulaLine> written = {};
  // Adds what it shows to the stage of the lab: `part` 0 is how the phase before left it, 1 is all of it.
  std::function<void(Microscope&, double part)> marks = {};
};

// What the identity panel and the meter say.
struct IdentityText {
  std::string equation;  // TeX: \frac{\partial L_i}{\partial d_{ij}} = -r_{ij}
  std::string meter;     // TeX: \max|\partial L/\partial d + r|
  std::string method;    // "by complex step"
};

// What a lab writes as code: "numpy", "NumPy".
struct CodeType {
  std::string id, label;
};

// One of several small systems that a lab holds: "margins", "Margins", what one sees.
struct ToyEntry {
  std::string id, label, help;
};

// A number that is read off the run, beside the settings of a group: "Largest difference", 0.508.
struct Reading {
  std::string label, help;
  double value = 0;
};

// A value of a setting that theory marks on its track.
struct TrackMark {
  std::string key;
  double value = 0;
  std::string words;  // one sentence
};

// Numbers in the head of the stage, one a component, each beside its shape.
struct StageShares {
  std::vector<double> values;
  std::string letter;  // of the symbol before each, "N" for N_1, N_2, ...; empty: none
  int decimals = 1;
  std::vector<std::string> names = {};  // one a component: what it is called, in place of the numbers
};

// A table that may be larger than memory: its rows are made when they are asked for. Valid as long as the
// snapshot it is of.
struct Dump {
  using Part = std::function<Eigen::MatrixXd(Eigen::Index first, Eigen::Index count)>;
  Dump(std::vector<std::string> names, Eigen::Index rows, Part make)
      : header(std::move(names)),
        count(rows),
        part(std::move(make)) {}
  Dump(std::vector<std::string> names, Eigen::MatrixXd rows)
      : Dump(std::move(names), rows.rows(),
             [rows](Eigen::Index first, Eigen::Index n) { return rows.middleRows(first, n).eval(); }) {}

  std::vector<std::string> header;
  Eigen::Index count = 0;  // rows
  Part part;               // rows first .. first + count - 1, as many columns as the header has
  Eigen::MatrixXd rows() const { return part(0, count); }  // all of them
};

class Lab : public Problem {
 public:
  // The name on its tab.
  virtual std::string label() const { return id(); }
  // In the order they are offered; at least one.
  virtual const std::vector<FigureType>& figures() const = 0;
  // The figure of this id, which must be one of them.
  Figure figure(const std::string& id, const Snapshot& snapshot, const View& view) const;
  // The first figure of a use; null: it has none.
  const FigureType* figure_for(FigureUse use) const;
  // The fields over the plane it can draw of a state; none: it draws none.
  virtual std::vector<FieldInput> fields(const Snapshot&) const;

  // What a hand can move on its figures.
  virtual const std::vector<Handle>& handles() const;
  // The ellipse that a prototype's handles lie on; nothing: it has none.
  virtual std::optional<HeldEllipse> ellipse_of(const Snapshot&, int prototype) const {
    static_cast<void>(prototype);
    return std::nullopt;
  }
  // How its result is derived step by step, which is then its page in a window; null: it is not.
  virtual const Derivation* derivation() const { return nullptr; }

  // The small systems it holds; none: it is one itself.
  virtual std::vector<ToyEntry> toys() const { return {}; }
  // Tables to write, and one of them.
  virtual std::vector<std::string> dumps() const { return {}; }
  virtual Dump dump(const std::string& id, const Snapshot& snapshot) const;
  // The sub-steps of an update at a point; none: there is no phase strip.
  virtual std::vector<Phase> phases(const Snapshot&, int point) const {
    static_cast<void>(point);
    return {};
  }
  // How an energy of a point adds up; no terms: it is not taken apart.
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
  // And where nothing is hovered or pinned: of the place the view's probe is at.
  virtual Inspection inspect_probe(const Snapshot&, const View&, int component) const {
    static_cast<void>(component);
    return {};
  }
  // One of the things the data is made of, and several.
  virtual std::pair<std::string, std::string> point_names() const { return {"point", "points"}; }
  // What J is counted in; empty: a loss without a unit.
  virtual std::string loss_unit(const Config&) const { return "nats"; }
  // What the two halves of an update are called.
  virtual std::pair<std::string, std::string> half_names() const { return {"E", "M"}; }
  // The point (or query) an element on a figure belongs to; -1: none.
  virtual int point_of(const ElementId& element, const Snapshot&) const {
    return element.kind == ElementId::Kind::point ? element.index : -1;
  }
  virtual IdentityText identity_text() const;
  // What a formula of the control panel is, by group: TeX; empty when there is none.
  virtual std::string formula(Group, const Config&) const { return {}; }
  // What stands below the rows of a group.
  virtual std::vector<Reading> readings(Group, const Snapshot&, const View&) const { return {}; }
  // What stands on the tracks of settings beside their knobs.
  virtual std::vector<TrackMark> track_marks(const Snapshot&) const { return {}; }
  // The lab's result as code to paste: which languages, and the text in one of them.
  virtual std::vector<CodeType> code_types() const { return {}; }
  virtual std::string code(const std::string& /*id*/, const Snapshot&) const { return {}; }
  // What is listed under "parameters" by a reader of the stage: N_j and the like, one number a component.
  virtual std::vector<double> shares(const Snapshot&) const { return {}; }
  // What the head of the stage lists while a point (-1: none) is shown.
  virtual StageShares stage_shares(const Snapshot& snapshot, int point) const {
    static_cast<void>(point);
    return {shares(snapshot), "N", 1};
  }
};

// A table of the keys of the problem and those of what is shown of it.
std::shared_ptr<const ParameterTable> parameter_table(std::vector<Parameter> keys,
                                                      std::vector<Parameter> view_keys);

// The lab of a run that people look at.
const Lab& lab_of(const Setup& setup);

}  // namespace iem
