// Whether a field can be drawn in single precision, as shaders/field.frag does.
#pragma once

#include "core/field/field.h"

namespace iem {

// Energies of thin components are large a little off their axis, and what a pixel shows is their difference.
// False where, somewhere in the view, hypotheses compete whose energies a float cannot tell apart to a shade;
// also where an energy leaves the range of floats. An estimate from samples of the view, on the safe side.
bool single_precision_suffices(const FieldInput& input, const FieldView& view);

}  // namespace iem
