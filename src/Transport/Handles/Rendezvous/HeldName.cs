using Microsoft.Win32.SafeHandles;

namespace Handoff.Transport.Handles.Rendezvous;

// A name that this process gives under, until it is disposed or the process dies.
internal sealed class HeldName(NameFiles files, SafeFileHandle file, string key, string name) : IDisposable
{
    public string Name => name;

    public string Key => key;

    public SafeFileHandle File => file;

    public void Dispose() => files.Free(this);

    public override string ToString() => $"the name '{name}'";
}
