# Completion of iemlab for bash.

_iemlab_names() { iemlab list "$1" 2> /dev/null | awk '$1 ~ /^[a-z][a-z0-9_]*$/ { print $1 }'; }

_iemlab() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]} options=''
  compopt -o filenames 2> /dev/null
  if [ "$COMP_CWORD" = 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "run check screenshot sweep list --version --help $(_iemlab_names scenes)" -- "$word"; compgen -f -- "$word")
    return
  fi
  case $before in
    --theme) mapfile -t COMPREPLY < <(compgen -W 'light dark print' -- "$word") && return ;;
    --tex) mapfile -t COMPREPLY < <(compgen -W 'document fragment' -- "$word") && return ;;
    --svg-text) mapfile -t COMPREPLY < <(compgen -W 'outlines real' -- "$word") && return ;;
    --lab) mapfile -t COMPREPLY < <(compgen -W "$(_iemlab_names labs)" -- "$word") && return ;;
    --figure) mapfile -t COMPREPLY < <(compgen -S = -W "$(_iemlab_names figures)" -- "$word") && compopt -o nospace && return ;;
    --dump)
      mapfile -t COMPREPLY < <(compgen -S = -W 'responsibilities energies gradient points' -- "$word")
      compopt -o nospace && return
      ;;
    --code) mapfile -t COMPREPLY < <(compgen -S = -W 'numpy pytorch cpp latex' -- "$word") && compopt -o nospace && return ;;
    --set) mapfile -t COMPREPLY < <(compgen -S = -W "$(iemlab list parameters 2> /dev/null | awk '$1 ~ /\./ { print $1 }')" -- "$word") && compopt -o nospace && return ;;
  esac
  case $command in
    run) options='--steps --set --seed --seed-init --at --trace --state --dump --figure --code --width-cm --height-cm --dpi --theme --transparent --tex --svg-text --save-session --threads --isa --quiet --json --help' ;;
    check) options='--steps --set --seed --seed-init --threads --isa --json --help' ;;
    screenshot) options='-o --steps --size --scale --theme --script --help' ;;
    sweep) options='--seeds --seed-init --set --table --reach --steps --threads --isa --quiet --help' ;;
    list)
      [ "$COMP_CWORD" = 2 ] && mapfile -t COMPREPLY < <(compgen -W 'labs energies optimizers figures parameters metrics scenes' -- "$word") && return
      options='--lab --json --help'
      ;;
  esac
  case $word in
    -*) mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word") ;;
    *)
      local scenes=''
      [ "$COMP_CWORD" = 2 ] && scenes=$(_iemlab_names scenes)
      mapfile -t COMPREPLY < <(compgen -f -- "$word"; compgen -W "$scenes" -- "$word")
      ;;
  esac
}
complete -F _iemlab iemlab
