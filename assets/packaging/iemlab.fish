# Completion of iemlab for fish.

function __iemlab_names
    iemlab list $argv[1] 2>/dev/null | string match -rg '^([a-z][a-z0-9_]*)\b'
end

set -l commands run check screenshot sweep list
complete -c iemlab -n "not __fish_seen_subcommand_from $commands" -a run -d 'Step without a window'
complete -c iemlab -n "not __fish_seen_subcommand_from $commands" -a check -d 'Check the identities'
complete -c iemlab -n "not __fish_seen_subcommand_from $commands" -a screenshot -d 'Draw the window into a PNG'
complete -c iemlab -n "not __fish_seen_subcommand_from $commands" -a sweep -d 'Many runs, one row each'
complete -c iemlab -n "not __fish_seen_subcommand_from $commands" -a list -d 'What there is'
complete -c iemlab -n "not __fish_seen_subcommand_from list" -a '(__iemlab_names scenes)' -d Scene
complete -c iemlab -l help -d 'Explain'
complete -c iemlab -l version -d 'Version'
complete -c iemlab -n "__fish_seen_subcommand_from list" -f -a 'labs energies optimizers figures parameters metrics scenes'
complete -c iemlab -n "__fish_seen_subcommand_from list" -l lab -x -a '(__iemlab_names labs)'
complete -c iemlab -n "__fish_seen_subcommand_from run check screenshot sweep" -l steps -x -d 'Steps to take'
complete -c iemlab -n "__fish_seen_subcommand_from run check list" -l json -d 'Result as JSON'
complete -c iemlab -n "__fish_seen_subcommand_from run check sweep" -l set -x -d 'Replace a value: key.path=VALUE'
complete -c iemlab -n "__fish_seen_subcommand_from run screenshot" -l theme -x -a 'light dark print'
complete -c iemlab -n "__fish_seen_subcommand_from screenshot" -s o -r -d 'Picture'
for option in size scale
    complete -c iemlab -n "__fish_seen_subcommand_from screenshot" -l $option -x
end
complete -c iemlab -n "__fish_seen_subcommand_from screenshot" -l script -r
complete -c iemlab -n "__fish_seen_subcommand_from sweep" -l seeds -x
complete -c iemlab -n "__fish_seen_subcommand_from sweep" -l reach -x
complete -c iemlab -n "__fish_seen_subcommand_from sweep" -l table -r
for option in trace state save-session
    complete -c iemlab -n "__fish_seen_subcommand_from run" -l $option -r
end
complete -c iemlab -n "__fish_seen_subcommand_from run check" -l seed -x
complete -c iemlab -n "__fish_seen_subcommand_from run check sweep" -l seed-init -x -d 'Seed of the start alone'
for option in threads isa
    complete -c iemlab -n "__fish_seen_subcommand_from run check sweep" -l $option -x
end
for option in at dump figure code width-cm height-cm dpi
    complete -c iemlab -n "__fish_seen_subcommand_from run" -l $option -x
end
complete -c iemlab -n "__fish_seen_subcommand_from run" -l transparent
complete -c iemlab -n "__fish_seen_subcommand_from run" -l tex -x -a 'document fragment'
complete -c iemlab -n "__fish_seen_subcommand_from run" -l svg-text -x -a 'outlines real'
complete -c iemlab -n "__fish_seen_subcommand_from run sweep" -l quiet
