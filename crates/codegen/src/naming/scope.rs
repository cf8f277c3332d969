//! Names of one scope, each used once.

use std::collections::{HashMap, HashSet};

/// Hands out names that are distinct within one scope.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
    /// The number to try next, by the name that it is put behind.
    next: HashMap<String, u32>,
}

impl Scope {
    /// A scope in which these names are taken from the start.
    pub fn reserving(names: &[impl AsRef<str>]) -> Self {
        let taken = names.iter().map(|name| name.as_ref().to_owned()).collect();
        Self {
            taken,
            next: HashMap::new(),
        }
    }

    /// The name itself if it is free, else the name with the first number from 2 that makes it so.
    pub fn claim(&mut self, name: String) -> String {
        let mut free = name.clone();
        while self.taken.contains(&free) {
            let number = self.next.entry(name.clone()).or_insert(2);
            free = format!("{name}{number}");
            *number = number.saturating_add(1);
        }
        self.taken.insert(free.clone());
        free
    }

    /// The first of these names that is free, else the last one with a number.
    pub fn claim_first(&mut self, candidates: [String; 2]) -> String {
        let [first, second] = candidates;
        if self.taken.contains(&first) {
            self.claim(second)
        } else {
            self.claim(first)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn the_first_keeps_its_name() {
        let mut scope = Scope::reserving(&["Option"]);
        assert_eq!(scope.claim("A".into()), "A");
        assert_eq!(scope.claim("A".into()), "A2");
        assert_eq!(scope.claim("A2".into()), "A22");
        assert_eq!(scope.claim("A".into()), "A3");
        assert_eq!(scope.claim("Option".into()), "Option2");
    }

    #[test]
    fn a_second_choice_comes_before_a_number() {
        let mut scope = Scope::reserving(&["MintResponse"]);
        let choices = || ["MintResponse".to_owned(), "MintReply".to_owned()];
        assert_eq!(scope.claim_first(choices()), "MintReply");
        assert_eq!(scope.claim_first(choices()), "MintReply2");
    }
}
