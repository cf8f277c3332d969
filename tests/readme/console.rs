//! The README's terminal sessions: fenced blocks marked `console`, in which `$ ` is what one types.

/// One command and what follows it.
pub struct Step {
    /// The command, its continuation lines included.
    pub command: String,
    /// What the README says that it prints.
    pub output: String,
}

/// The steps of all sessions, in order.
pub fn steps(readme: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
            continue;
        }
        if !inside {
            continue;
        }
        if let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step {
                command: command.to_owned(),
                output: String::new(),
            });
        } else if let Some(step) = steps.last_mut() {
            let part = if step.command.ends_with('\\') {
                &mut step.command
            } else {
                &mut step.output
            };
            if part.ends_with('\\') {
                part.push('\n');
                part.push_str(line);
            } else {
                part.push_str(line);
                part.push('\n');
            }
        }
    }
    steps
}
