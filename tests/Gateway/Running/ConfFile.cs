namespace Handoff.Gateway.Tests.Running;

// A configuration file in a folder of its own; both go when the test is over.
internal sealed class ConfFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-test-");

    public ConfFile(params string[] blocks)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "gateway.conf");
        File.WriteAllText(Path, Conf.Of(blocks));
    }

    public string Path { get; }

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
