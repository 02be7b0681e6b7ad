using System.IO.Compression;
using System.Xml.Linq;
using IotMqtt.Packages.Tests;

[assembly: AssemblyFixture(typeof(Feed))]

namespace IotMqtt.Packages.Tests;

/// <summary>The packages, packed once from what has been built, as a feed of their own.</summary>
public sealed class Feed : IAsyncLifetime
{
    /// <summary>The libraries that are packages, with the folders of their projects.</summary>
    public static readonly IReadOnlyDictionary<string, string> Projects = new Dictionary<string, string>
    {
        ["IotMqtt.Models"] = "models",
        ["IotMqtt.Protocol"] = "protocol",
        ["IotMqtt.Engine"] = "engine",
        ["IotMqtt.Broker"] = "broker/library",
        ["IotMqtt.Devices"] = "devices/library",
        ["IotMqtt.Runner"] = "runner",
        ["IotMqtt.Testing"] = "testing",
        ["IotMqtt.Testing.Xunit"] = "testing/xunit",
        ["IotMqtt.Testing.Containers"] = "testing/containers",
        ["IotMqtt.Aspire"] = "testing/aspire",
    };

    public string Folder { get; } = Directory.CreateTempSubdirectory("iotmqtt-feed-").FullName;

    public static string Repository { get; } = FindRepository();

    public async ValueTask InitializeAsync()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        foreach (var folder in Projects.Values)
        {
            await Dotnet.MustAsync(Repository, TestContext.Current.CancellationToken, "pack", folder, "--no-build", "--configuration", configuration, "--output", Folder, "-v", "q");
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal ZipArchive Open(string package, string extension = "nupkg") =>
        ZipFile.OpenRead(Assert.Single(Directory.GetFiles(Folder, $"{package}.*.{extension}"), file => char.IsDigit(Path.GetFileName(file)[package.Length + 1])));

    internal XElement Metadata(string package)
    {
        using var archive = Open(package);
        using var text = archive.GetEntry($"{package}.nuspec")!.Open();
        return XDocument.Load(text).Root!.Elements().First();
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IotMqtt.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run inside a checkout.");
        }

        return folder.FullName;
    }
}
