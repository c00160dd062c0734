use std::fmt::{self, Debug};
use std::hash::Hash;
use std::num::{NonZeroI32, NonZeroU32};

use rustc_hash::FxHashMap;
use slab::Slab;

use crate::constraint::CallSequence;

/// A tree data structure that associates a value with a key hash and a sequence
/// of (call, return hash) pairs.
///
/// Allows to efficiently query for a value for which every call in the sequence
/// yielded the same return hash as a given oracle function will yield for that
/// call.
///
/// A document that is laid out leaves hundreds of thousands of nodes, so they
/// are kept small.
pub struct CallTree<C, T> {
    /// Inner nodes, storing calls.
    inner: Slab<InnerNode<C>>,
    /// Leaf nodes, directly storing outputs.
    leaves: Slab<LeafNode<T>>,
    /// The initial node for the given key hash.
    start: FxHashMap<Bits, NodeId>,
    /// Maps from parent nodes to child nodes other than the one that the parent
    /// stores itself. The key is a pair of an inner node ID and a return hash
    /// for that call. The value is the node to transition to.
    edges: FxHashMap<(InnerId, Bits), NodeId>,
}

/// An inner node in the call tree.
struct InnerNode<C> {
    /// The call at this node.
    call: C,
    /// A child, with the return hash that leads to it. Nearly all nodes have
    /// one child for all of their life, and need no entry in the map of edges.
    child: Option<(Bits, NodeId)>,
    /// How many children the node has. If this reaches zero, the node is
    /// deleted.
    children: u32,
    /// The node's parent.
    parent: Option<InnerId>,
}

/// A leaf node in the call tree.
struct LeafNode<T> {
    /// The value.
    value: T,
    /// The node's parent.
    parent: Option<InnerId>,
}

/// A hash, aligned like its halves.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Hash)]
struct Bits(u64, u64);

impl From<u128> for Bits {
    fn from(hash: u128) -> Self {
        Self((hash >> 64) as u64, hash as u64)
    }
}

impl<C, T> CallTree<C, T> {
    /// Creates an empty call tree.
    pub fn new() -> Self {
        Self {
            inner: Slab::new(),
            leaves: Slab::new(),
            edges: FxHashMap::default(),
            start: FxHashMap::default(),
        }
    }

    /// The child of an inner node for a return hash.
    fn child(&self, id: InnerId, ret: Bits) -> Option<NodeId> {
        match self.inner[id.index()].child {
            Some((first, child)) if first == ret => Some(child),
            _ => self.edges.get(&(id, ret)).copied(),
        }
    }
}

impl<C: Hash, T> CallTree<C, T> {
    /// Retrieves the output value for the given key and oracle.
    pub fn get(&self, key: u128, mut oracle: impl FnMut(&C) -> u128) -> Option<&T> {
        let mut cursor = *self.start.get(&key.into())?;
        loop {
            match cursor.kind() {
                NodeIdKind::Leaf(id) => {
                    return Some(&self.leaves[id].value);
                }
                NodeIdKind::Inner(id) => {
                    let call = &self.inner[id.index()].call;
                    let ret = oracle(call);
                    cursor = self.child(id, ret.into())?;
                }
            }
        }
    }

    /// Inserts a key and a call sequence and its associated value into the
    /// tree.
    ///
    /// See the documentation of [`InsertError`] for more details on when this
    /// can fail.
    pub fn insert(
        &mut self,
        key: u128,
        mut sequence: CallSequence<C>,
        value: T,
    ) -> Result<(), InsertError> {
        let key = Bits::from(key);
        let mut cursor = self.start.get(&key).copied();
        let mut predecessor = None;

        loop {
            if predecessor.is_none()
                && let Some(pos) = cursor
            {
                let NodeIdKind::Inner(id) = pos.kind() else {
                    return Err(InsertError::AlreadyExists);
                };

                let call = &self.inner[id.index()].call;
                let Some(ret) = sequence.extract(call) else {
                    return Err(InsertError::MissingCall);
                };

                let ret = Bits::from(ret);
                if let Some(next) = self.child(id, ret) {
                    // We are still on an existing path.
                    cursor = Some(next);
                } else {
                    // We are now starting to build a new path in the tree.
                    predecessor = Some((id, ret));
                }
            } else {
                // We are adding a new node to the tree for the next call in the
                // sequence.
                let Some((call, ret)) = sequence.next() else { break };

                let new_inner_id = InnerId::new(self.inner.insert(InnerNode {
                    call,
                    child: None,
                    children: 0,
                    parent: predecessor.map(|(id, _)| id),
                }));
                let new_id = NodeId::inner(new_inner_id);
                self.link(cursor.is_none(), key, predecessor.take(), new_id);

                predecessor = Some((new_inner_id, ret.into()));
                cursor = Some(new_id);
            }
        }

        if predecessor.is_none() && cursor.is_some() {
            return Err(InsertError::AlreadyExists);
        }

        let target = NodeId::leaf(
            self.leaves
                .insert(LeafNode { value, parent: predecessor.map(|(id, _)| id) }),
        );
        self.link(cursor.is_none(), key, predecessor, target);

        Ok(())
    }

    /// Creates a new link between two nodes.
    fn link(
        &mut self,
        at_start: bool,
        key: Bits,
        from: Option<(InnerId, Bits)>,
        to: NodeId,
    ) {
        if at_start {
            self.start.insert(key, to);
        }
        if let Some((id, ret)) = from {
            let node = &mut self.inner[id.index()];
            node.children += 1;
            if node.child.is_none() {
                node.child = Some((ret, to));
            } else {
                self.edges.insert((id, ret), to);
            }
        }
    }
}

impl<C, T> CallTree<C, T> {
    /// Removes all call sequences from the tree for whose values the predicate
    /// returns `false`.
    pub fn retain(&mut self, mut f: impl FnMut(&mut T) -> bool) {
        // Prune from the leafs upwards, starting with the outputs.
        self.leaves.retain(|id, node| {
            let keep = f(&mut node.value);
            if !keep {
                // Delete parents iteratively while we are the only child.
                let mut child = NodeId::leaf(id);
                let mut parent = node.parent;
                while let Some(inner_id) = parent {
                    let node = &mut self.inner[inner_id.index()];
                    if node.children > 1 {
                        node.children -= 1;
                        node.child = node.child.filter(|&(_, kept)| kept != child);
                        break;
                    } else {
                        child = NodeId::inner(inner_id);
                        parent = node.parent;
                        self.inner.remove(inner_id.index());
                    }
                }
            }
            keep
        });

        if self.leaves.is_empty() {
            // Nothing is left, and neither is the memory that it needed.
            *self = Self::new();
            return;
        }

        // Checks whether the given node survived the pruning.
        let exists = |node: NodeId| match node.kind() {
            NodeIdKind::Inner(id) => self.inner.contains(id.index()),
            NodeIdKind::Leaf(id) => self.leaves.contains(id),
        };

        // Prune edges.
        self.edges.retain(|_, node| exists(*node));
        self.start.retain(|_, node| exists(*node));

        // Give back what will hardly be needed again soon.
        if sparse(self.edges.len(), self.edges.capacity()) {
            self.edges.shrink_to_fit();
        }
        if sparse(self.start.len(), self.start.capacity()) {
            self.start.shrink_to_fit();
        }
        if sparse(self.inner.len(), self.inner.capacity()) {
            self.inner.shrink_to_fit();
        }
        if sparse(self.leaves.len(), self.leaves.capacity()) {
            self.leaves.shrink_to_fit();
        }
    }

    /// Checks a few invariants of the data structure.
    #[cfg(test)]
    fn assert_consistency(&self) {
        let exists = |node: NodeId| match node.kind() {
            NodeIdKind::Inner(id) => self.inner.contains(id.index()),
            NodeIdKind::Leaf(id) => self.leaves.contains(id),
        };

        for &node in self.start.values() {
            assert!(exists(node));
        }

        let mut children = FxHashMap::<InnerId, u32>::default();
        for (&(inner_id, ret), &node) in &self.edges {
            assert!(exists(node));
            assert!(self.inner.contains(inner_id.index()));
            let first = self.inner[inner_id.index()].child;
            assert!(first.is_none_or(|(other, _)| other != ret));
            *children.entry(inner_id).or_default() += 1;
        }

        for (index, inner) in &self.inner {
            let further = children.get(&InnerId::new(index)).copied().unwrap_or(0);
            assert_eq!(inner.children, u32::from(inner.child.is_some()) + further);
            assert!(inner.children > 0);
            assert!(inner.child.is_none_or(|(_, child)| exists(child)));
            assert!(inner.parent.is_none_or(|id| self.inner.contains(id.index())));
        }
    }
}

impl<C: Debug, T: Debug> Debug for CallTree<C, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.inner.iter().filter_map(|(index, inner)| {
            let (ret, child) = inner.child?;
            Some((InnerId::new(index), ret, child))
        });
        let further = self.edges.iter().map(|(&(id, ret), &child)| (id, ret, child));
        for (id, ret, next) in first.chain(further) {
            let call = &self.inner[id.index()].call;
            write!(f, "[{}] ({call:?}, {ret:?}) -> ", id.index())?;
            match next.kind() {
                NodeIdKind::Inner(id) => writeln!(f, "{}", id.index())?,
                NodeIdKind::Leaf(id) => writeln!(f, "{:?}", &self.leaves[id].value)?,
            }
        }
        Ok(())
    }
}

impl<C, T> Default for CallTree<C, T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether much more memory is held than is used.
fn sparse(len: usize, capacity: usize) -> bool {
    capacity / 4 > len
}

/// Identifies a node in the call tree: an inner node by one more than its index
/// in the slab, a leaf by the negative of that.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Hash)]
struct NodeId(NonZeroI32);

impl NodeId {
    /// An inner with an index pointing into the `calls` slab allocator.
    fn inner(id: InnerId) -> Self {
        Self(NonZeroI32::try_from(id.0).expect("too many nodes"))
    }

    /// A leaf node with an index pointing into the `output` slab allocator.
    fn leaf(i: LeafId) -> Self {
        let id = i32::try_from(i + 1).ok().and_then(|id| NonZeroI32::new(-id));
        Self(id.expect("too many nodes"))
    }

    /// Makes this encoded node available as an enum for matching.
    fn kind(self) -> NodeIdKind {
        match NonZeroU32::try_from(self.0) {
            Ok(id) => NodeIdKind::Inner(InnerId(id)),
            Err(_) => NodeIdKind::Leaf(self.0.get().unsigned_abs() as usize - 1),
        }
    }
}

/// An unpacked representation of a `NodeId`.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
enum NodeIdKind {
    Inner(InnerId),
    Leaf(LeafId),
}

/// Identifies an inner node by one more than its index in the slab.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Hash)]
struct InnerId(NonZeroU32);

impl InnerId {
    fn new(index: usize) -> Self {
        let id = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
        Self(id.expect("too many nodes"))
    }

    fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

type LeafId = usize;

/// An error that can occur during insertion of a call sequence into the call
/// tree.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum InsertError {
    /// A call sequence that is a prefix of the used one was already inserted.
    AlreadyExists,
    /// The calls from the sequence gave results matching the first N ones from
    /// an existing sequence S in the tree, but the N+1th call from S does not
    /// exist in the given `sequence`. This points towards non-determinism in
    /// the memoized function the `sequence` belongs to.
    MissingCall,
}

#[cfg(test)]
mod tests {
    use quickcheck::Arbitrary;

    use super::*;

    #[test]
    fn test_call_tree() {
        test_ops([
            Op::Insert(0, vec![('a', 10), ('b', 15)], "first"),
            Op::Insert(0, vec![('a', 10), ('b', 20)], "second"),
            Op::Insert(0, vec![('a', 15), ('c', 15)], "third"),
        ]);
        test_ops([
            Op::Insert(0, vec![('a', 10), ('b', 15)], "first"),
            Op::Insert(0, vec![('a', 10), ('c', 15), ('b', 20)], "second"),
            Op::Insert(0, vec![('a', 15), ('b', 30), ('c', 15)], "third"),
            Op::Manual(|tree| {
                assert_eq!(tree.inner.len(), 5);
                assert_eq!(tree.leaves.len(), 3);
                assert_eq!(edges(tree), 7);
                assert_eq!(tree.start.len(), 1);
            }),
            Op::Retain(Box::new(|v| *v == "second")),
            Op::Manual(|tree| {
                assert_eq!(tree.inner.len(), 3);
                assert_eq!(tree.leaves.len(), 1);
                assert_eq!(edges(tree), 3);
                assert_eq!(tree.start.len(), 1);
            }),
        ]);
    }

    fn edges<C, T>(tree: &CallTree<C, T>) -> usize {
        let first = tree.inner.iter().filter(|(_, inner)| inner.child.is_some());
        first.count() + tree.edges.len()
    }

    #[test]
    fn test_memory_is_given_back() {
        let mut tree = CallTree::new();
        for n in 0..1000u32 {
            let sequence = [(n, 1), (n + 1, 2)];
            tree.insert(n.into(), sequence.into_iter().collect(), n).unwrap();
        }
        assert!(tree.edges.is_empty(), "one child each");
        let held = tree.start.capacity();
        tree.retain(|&mut n| n < 10);
        tree.assert_consistency();
        assert!(tree.start.capacity() < held / 4);
        assert!(tree.inner.capacity() < 100 && tree.leaves.capacity() < 100);
        assert_eq!(tree.get(9, |&call| u128::from(call - 8)), Some(&9));
        tree.retain(|_| false);
        let held = [tree.start.capacity(), tree.inner.capacity(), tree.leaves.capacity()];
        assert_eq!(held, [0; 3]);
    }

    #[quickcheck_macros::quickcheck]
    fn test_call_tree_quickcheck(ops: Vec<ArbitraryOp>) {
        test_ops(
            std::iter::once(Op::IgnoreInsertErrors)
                .chain(ops.into_iter().map(ArbitraryOp::into_op)),
        );
    }

    #[derive(Debug, Clone)]
    enum ArbitraryOp {
        Insert(u128, Vec<u16>, u8),
        Retain(u8),
    }

    impl ArbitraryOp {
        fn into_op(self) -> Op<u64, u8> {
            match self {
                Self::Insert(key, nums, output) => {
                    let mut state = 50;
                    Op::Insert(
                        key,
                        nums.iter()
                            .map(move |&v| {
                                let pair = (state, v as u128);
                                state += 1 + v as u64;
                                pair
                            })
                            .collect(),
                        output,
                    )
                }
                Self::Retain(mid) => Op::Retain(Box::new(move |v| *v > mid)),
            }
        }
    }

    impl Arbitrary for ArbitraryOp {
        fn arbitrary(g: &mut quickcheck::Gen) -> Self {
            if bool::arbitrary(g) {
                Self::Insert(
                    Arbitrary::arbitrary(g),
                    Arbitrary::arbitrary(g),
                    Arbitrary::arbitrary(g),
                )
            } else {
                Self::Retain(Arbitrary::arbitrary(g))
            }
        }
    }

    enum Op<C, T> {
        IgnoreInsertErrors,
        Insert(u128, Vec<(C, u128)>, T),
        Retain(Box<dyn Fn(&T) -> bool>),
        Manual(fn(&mut CallTree<C, T>)),
    }

    #[track_caller]
    fn test_ops<C, T>(ops: impl IntoIterator<Item = Op<C, T>>)
    where
        C: Clone + Hash + Eq,
        T: Debug + PartialEq + Clone,
    {
        let mut tree = CallTree::new();
        let mut kept = Vec::<(u128, FxHashMap<C, u128>, T)>::new();
        let mut ignore_insert_errors = false;

        for op in ops {
            match op {
                Op::IgnoreInsertErrors => ignore_insert_errors = true,
                Op::Insert(key, seq, value) => {
                    match tree.insert(key, seq.iter().cloned().collect(), value.clone()) {
                        Ok(()) => kept.push((
                            key,
                            seq.iter().map(|(k, v)| (k.clone(), *v)).collect(),
                            value.clone(),
                        )),
                        Err(_) if ignore_insert_errors => {}
                        Err(e) => panic!("{e:?}"),
                    }
                }
                Op::Retain(f) => {
                    tree.retain(|v| f(v));
                    kept.retain_mut(|(key, map, v)| {
                        let keep = f(v);
                        if !keep {
                            assert_eq!(tree.get(*key, |s| map[s]), None);
                        }
                        keep
                    });
                }
                Op::Manual(f) => f(&mut tree),
            }

            tree.assert_consistency();

            for (key, map, value) in &kept {
                assert_eq!(tree.get(*key, |s| map[s]), Some(value));
            }
        }
    }
}
