# Completion of iemlab for fish: the program itself knows what fits.

function __iemlab_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (iemlab complete -- $words[2..-1] 2>/dev/null)
        if test "$line" = :files
            __fish_complete_path (commandline -ct)
        else
            string replace ' ' \t -- $line
        end
    end
end
complete -c iemlab -f -a '(__iemlab_complete)'
