// The description of one scene key, declared once. The scene reader, --set, the control panel, `iemlab list`
// and the manual are generated from it.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "core/config/group.h"
#include "core/config/value.h"

namespace iem {

class Config;

enum class ParameterKind : std::uint8_t {
  boolean,
  integer,
  real,     // an integer is accepted
  choice,   // one of `choices`
  choices,  // a list without repeats, each one of `choices`, or any word where there are no choices
  text,
  tensor,   // nested lists of numbers of `shape`
  column,   // a column of a table by its name or its number from 1; an empty name: not given
  columns,  // a list of names, or one of numbers; empty: not given
};

// What a change of the key does to a run that is under way, the memory of its learning rule included.
enum class Effect : std::uint8_t {
  view,       // what is shown; not part of the run, never logged with a step
  setting,    // the next step uses the new value; the state stays as it is
  objective,  // J, the energies or the temperature is another function of the same parameters: they stay, and
              // what the rule remembers of earlier evaluations is void
  rule,       // another learning rule: the parameters stay, its memory begins empty
  structure,  // the parameters of the model change shape: what can be kept is kept, the memory begins empty
  data,       // the points are made again; the parameters stay, what the rule remembers of points is void
  start,      // initialisation only: takes effect at the next restart
};

struct Parameter {
  std::string key;  // "model.temperature"
  Group group = Group::scene;
  ParameterKind kind = ParameterKind::real;
  Effect effect = Effect::setting;
  std::string label;          // "Temperature"
  std::string symbol;         // TeX: "\\tau"; empty: none
  std::string unit;           // "nats"; empty: none
  std::string help;           // one sentence
  Value default_value = 0.0;  // the default; kinds text and tensor may have an empty one, meaning "not given"
  // The default where it depends on another key (weight_decay of adamw); null, or returning null:
  // `default_value`.
  std::function<const Value*(const Config&)> default_in;
  // Not set, it follows from other keys in a way that no default can say: setting it to the default is not
  // the same as leaving it out.
  bool follows = false;

  // Legal values. `open` excludes the end point itself.
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  bool min_open = false, max_open = false;
  // The range of the slider; typed values may go beyond it, up to min and max. Where the two are equal there
  // is no slider.
  double slider_min = 0, slider_max = 0;
  bool logarithmic = false;

  std::vector<std::string> choices;  // ids
  // Of `choices`, those that apply nowhere in this lab: known, so that one is refused with a reason of its
  // own, and never advised.
  std::vector<std::string> foreign_choices;
  std::vector<std::string> choice_labels;  // what they are called, one each; empty: the ids in words
  std::vector<std::string>
      choice_symbols;               // TeX that stands for their labels in a list; empty: the labels do
  std::vector<std::int64_t> shape;  // tensors: -1 means any length; no shape: any shape
  bool in_panel = true;             // shown in the control panel
  bool advanced = false;            // in the control panel only behind "More"

  // The block of the running state whose start value this key is ("m"). A change of the key moves the present
  // state too, as dragging a handle does, and the panel shows the present state. Empty: none.
  std::string state;

  // The text that is shown instead of a value with a special meaning ("0: that of the density"); null, or an
  // empty result: the number itself.
  std::function<std::string(const Config&)> reads;

  // A choice whose first ids are also offered as a row of buttons under the title of its group; the full list
  // is an ordinary row.
  bool segments = false;

  // Why the key has no effect in this configuration, in one sentence; empty: it applies. Front ends grey it
  // out with the sentence; where somebody says it with another value than its default it is refused
  // (core/config/idle_keys.h).
  std::function<std::string(const Config&)> unavailable;
  // The keys that `unavailable` looks at: those that switch this one off.
  std::vector<std::string> switched_by;

  // A condition that a range cannot express ("must be increasing"): returns why the value is not legal, or an
  // empty string where it is. Called with a value that has passed every other check; null: no such condition.
  std::function<std::string(const Value&)> misfit;

  // The choices without the foreign ones: what a message or a list offers.
  std::vector<std::string> advised_choices() const;
};

}  // namespace iem
