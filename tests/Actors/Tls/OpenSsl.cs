using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Handoff.Actors.Tests.Tls;

// A run of openssl s_client: not a line of it is ours or .NET's. It ends with the test.
internal sealed class OpenSsl : IAsyncDisposable
{
    private const string Program = "openssl";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly DirectoryInfo _files;
    private readonly Task _reading;
    private readonly Lock _gate = new();
    private readonly StringBuilder _said = new();
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OpenSsl(Process process, DirectoryInfo files)
    {
        (_process, _files) = (process, files);
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    // Why there is none; null where there is.
    public static string? Missing { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, Program)))
            ? null
            : $"the program {Program} is not installed";

    public static OpenSsl Connect(EndPoint place, X509Certificate2? client, params string[] arguments)
    {
        var files = Directory.CreateTempSubdirectory("handoff-");
        var trusted = Write(files, "trusted.pem", Certificates.Localhost.ExportCertificatePem()
            + '\n' + Certificates.Example.ExportCertificatePem());
        var port = ((IPEndPoint)place).Port.ToString(CultureInfo.InvariantCulture);
        string[] all =
        [
            "s_client", "-connect", $"127.0.0.1:{port}", "-CAfile", trusted, "-verify_return_error",
            .. arguments,
            .. client is null ? (string[])[] : ["-cert", Pem(files, client), "-key", Key(files, client)],
        ];
        var start = new ProcessStartInfo(Program, all)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new OpenSsl(Process.Start(start)!, files);
    }

    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteAsync(line + "\n").WaitAsync(Patience);
        await _process.StandardInput.FlushAsync().WaitAsync(Patience);
    }

    // Its own words and the peer's, until these are among them.
    public async Task<string> SaysAsync(string wanted)
    {
        using var bound = new CancellationTokenSource(Patience);
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_said.ToString() is var said && said.Contains(wanted, StringComparison.Ordinal)) return said;
                more = _more.Task;
            }

            try
            {
                await more.WaitAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"'{wanted}' was not said, but:\n{_said}");
            }
        }
    }

    // Says that it sends no more, and waits for its end.
    public async Task<(int Code, string Said)> EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
        return (_process.ExitCode, _said.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
        _process.Dispose();
        _files.Delete(recursive: true);
    }

    private static string Pem(DirectoryInfo files, X509Certificate2 certificate) =>
        Write(files, "client.pem", certificate.ExportCertificatePem());

    private static string Key(DirectoryInfo files, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return Write(files, "client.key", key.ExportPkcs8PrivateKeyPem());
    }

    private static string Write(DirectoryInfo files, string name, string text)
    {
        var path = Path.Combine(files.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task ReadAsync(StreamReader from)
    {
        var buffer = new char[4096];
        int count;
        while ((count = await from.ReadAsync(buffer)) > 0)
        {
            TaskCompletionSource more;
            lock (_gate)
            {
                _said.Append(buffer, 0, count);
                (more, _more) = (_more, new(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            more.SetResult();
        }
    }
}
