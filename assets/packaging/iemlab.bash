# Completion of iemlab for bash: the program itself knows what fits.

_iemlab() {
  local word=${COMP_WORDS[COMP_CWORD]} line
  [ "$word" = = ] && word=''
  COMPREPLY=()
  while read -r line _; do
    case $line in
      :files)
        compopt -o filenames 2> /dev/null
        mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word")
        ;;
      *=)
        compopt -o nospace 2> /dev/null
        COMPREPLY+=("$line")
        ;;
      *) COMPREPLY+=("$line") ;;
    esac
  done < <(iemlab complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
}
complete -F _iemlab iemlab
