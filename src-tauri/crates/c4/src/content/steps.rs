//! The numbers of a dynamic view's steps: `1`, `2`, and in parallel blocks the same again.

/// Counts the steps of a dynamic view.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sequence {
    at: u32,
    open: Vec<Block>,
}

#[derive(Debug, Clone)]
struct Block {
    began: u32,
    stepped: bool,
}

impl Sequence {
    /// The number of the next step.
    pub(crate) fn next(&mut self) -> String {
        self.at += 1;
        if let Some(block) = self.open.last_mut() {
            block.stepped = true;
        }
        self.at.to_string()
    }

    /// Begins a parallel block.
    pub(crate) fn open(&mut self) {
        self.open.push(Block { began: self.at, stepped: false });
    }

    /// Ends a parallel block. What follows a block with steps is parallel to it; what follows a block of blocks comes
    /// after all of them.
    pub(crate) fn close(&mut self) {
        let Some(block) = self.open.pop() else { return };
        self.at = if block.stepped {
            block.began
        } else {
            // Blocks of blocks within it have counted on already.
            self.at.max(block.began + 1)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::Sequence;

    #[test]
    fn blocks_count_from_where_they_began() {
        let mut sequence = Sequence::default();
        assert_eq!(sequence.next(), "1");
        sequence.open();
        sequence.open();
        assert_eq!(sequence.next(), "2");
        sequence.close();
        sequence.open();
        assert_eq!(sequence.next(), "2");
        sequence.close();
        sequence.close();
        assert_eq!(sequence.next(), "3");
    }
}
