module github.com/clbchat/naamloos

go 1.26
