namespace Handoff.Transport.Handles.Passing;

// Two ends that are connected to each other.
internal sealed record ControlPair(ControlSocket Near, ControlSocket Far);
