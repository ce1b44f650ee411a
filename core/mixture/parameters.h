// The keys that labs of prototype energies share. What switches one of them off is for each lab to add
// (also_unless in core/config/common_parameters.h), except for given starts, which init = "explicit" reads.
#pragma once

#include <vector>

#include "core/config/config.h"
#include "core/mixture/mixture.h"

namespace iem {

inline constexpr int kMostPrototypes = 64;  // what the field shader holds

Parameter energy_parameter();  // model.energy: the prototype energies; what shapes them: energy_parameters()
Parameter covariance_parameter();
Parameter volume_term_parameter();
Parameter sigma_floor_parameter();
Parameter responsibility_parameter();
Parameter held_out_parameter();
// model.margin, the energy at which the sigmoid of a component is one half.
Parameter margin_parameter(std::string help);
// model.means, model.covariances, model.weights.
std::vector<Parameter> given_start_parameters();

// The value of model.covariance.
CovarianceKind covariance_kind(const Config& config);

// Throws InputError where an energy of directions is given covariances, or a point, held out or not, that has
// no direction.
void check_directions(const Config& config, const EnergyType& energy, const Dataset& data);

}  // namespace iem
