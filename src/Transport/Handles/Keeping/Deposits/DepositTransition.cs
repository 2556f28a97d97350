namespace Handoff.Transport.Handles.Keeping.Deposits;

internal readonly record struct DepositTransition(DepositState Next, IReadOnlyList<DepositEffect> Effects);
